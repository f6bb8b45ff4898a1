import type { DefineCommand } from "../command-line/define-command.ts";
import { helpText } from "../command-line/help-text.ts";

const HELP = `
The full help has more details than vms <command> --help.

Examples:
  vms help login
  vms help profile use
`;

/** Replaces the parser's own `help`, which lists all commands for an unknown one without reporting it. */
export const defineHelp: DefineCommand = (program, terminal) => {
  program
    .helpCommand(false)
    .command("help")
    .description("Show the full help of a command.")
    .argument("[name...]", "the command (default: list all commands)")
    .addHelpText("after", () => helpText(terminal, "help", HELP))
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
