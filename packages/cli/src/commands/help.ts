import type { DefineCommand } from "../command-line/define-command.ts";

/** `vms help`: the parser's own shows the list of all commands for one that there is not, and does not say so. */
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
      // The parser knows what to say of a command that there is not.
      await (found === undefined ? program.parseAsync([name], { from: "user" }) : found.help());
    });
};
