import type { DefineCommand } from "../command-line/define-command.ts";

/** Replaces the parser's own `help`, which lists all commands for an unknown one without reporting it. */
export const defineHelp: DefineCommand = (program) => {
  program
    .helpCommand(false)
    .command("help")
    .description("Show the help of a command.")
    .argument("[name]", "the command; without it, all are listed")
    .addHelpText("after", "\nExample:\n  vms help login\n")
    .action(async (name: string | undefined) => {
      if (name === undefined) return program.help();
      const found = program.commands.find((command) => command.name() === name);
      // The parser reports the unknown command.
      await (found === undefined ? program.parseAsync([name], { from: "user" }) : found.help());
    });
};
