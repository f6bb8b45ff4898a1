import { type Command, Option } from "commander";
import type { Terminal } from "../../command-line/terminal.ts";

const HELP = `
It completes commands, options, vendors, the names of your profiles, and files. The script asks vms what fits, so that
it never grows old. Nothing that you type is run.

Examples:
  bash   echo 'source <(vms completion bash)' >> ~/.bashrc
         (the bash of macOS: eval "$(vms completion bash)" in ~/.bash_profile)
  zsh    vms completion zsh > "\${fpath[1]}/_vms"      or, after compinit:  source <(vms completion zsh)
  fish   vms completion fish > ~/.config/fish/completions/vms.fish
`;

export function defineCompletion(program: Command, terminal: Terminal): void {
  const command = program
    .command("completion")
    .description("Print a script with which the shell completes what you type.")
    .addHelpText("after", HELP)
    .action(async (shell: string) => {
      const { scripts } = await import("./shell-scripts.ts");
      await terminal.out(scripts[shell] ?? "");
    });
  command.addArgument(command.createArgument("<shell>", "the shell").choices(["bash", "zsh", "fish"]));

  program
    .command("__complete", { hidden: true })
    .addOption(new Option("--line", "the words are one line, as bash has it"))
    .argument("[words...]")
    .action(async (words: readonly string[], { line }: { readonly line?: true }) => {
      const { complete } = await import("./complete.ts");
      await complete(program, words, line === true, terminal);
    });
}
