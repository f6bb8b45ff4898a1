import { type Command, Option } from "commander";
import { helpText } from "../../command-line/help-text.ts";
import type { Terminal } from "../../command-line/terminal.ts";

const HELP = `
The script completes commands, options, vendors, profiles and files. It asks vms for matches, so it stays up to date. It
runs nothing that you type.

The bash of macOS needs: eval "$(vms completion bash)" in ~/.bash_profile. In zsh, this also works after compinit:
source <(vms completion zsh)

Examples:
  bash   echo 'source <(vms completion bash)' >> ~/.bashrc
  zsh    vms completion zsh > "\${fpath[1]}/_vms"
  fish   vms completion fish > ~/.config/fish/completions/vms.fish
`;

export function defineCompletion(program: Command, terminal: Terminal): void {
  const command = program
    .command("completion")
    .description("Print a shell completion script.")
    .addHelpText("after", () => helpText(terminal, "completion", HELP))
    .action(async (shell: string) => {
      const { scripts } = await import("./shell-scripts.ts");
      await terminal.out(scripts[shell] ?? "");
    });
  command.addArgument(command.createArgument("<shell>", "the shell").choices(["bash", "zsh", "fish"]));

  program
    .command("__complete", { hidden: true })
    .addOption(new Option("--line", "the words are one line, as in bash"))
    .argument("[words...]")
    .action(async (words: readonly string[], { line }: { readonly line?: true }) => {
      const { complete } = await import("./complete.ts");
      await complete(program, words, line === true, terminal);
    });
}
