import type { DefineCommand } from "../command-line/define-command.ts";

/** Replaces the parser's own `help`, which lists all commands for an unknown one without reporting it. */
export const defineHelp: DefineCommand = (program) => {
  program
    .helpCommand(false)
    .command("help")
    .description("Show the help of a command.")
    .argument("[name...]", "the command; without it, all are listed")
    .addHelpText("after", "\nExamples:\n  vms help login\n  vms help profile use\n")
    .action(async (names: readonly string[]) => {
      let found = program;
      for (const name of names) {
        const next = found.commands.find((command) => command.name() === name);
        // The parser reports the unknown command.
        if (next === undefined) return void (await program.parseAsync(names, { from: "user" }));
        found = next;
      }
      found.help();
    });
};
