import { join } from "node:path";
import { expect, test } from "vitest";
import { commandNames } from "./support/command-names.ts";
import { environment, home, vmsOnScreen } from "./support/run-vms.ts";

const GUIDE = join(import.meta.dirname, "../../../docs/guides/commands.md");

/** How many columns fit into a code block of the site on a laptop. */
const COLUMNS = 74;

const INTRODUCTION = `# Every command of vms

This page contains the long help of each command, as \`vms help <command>\` prints it. [The command line](command-line.md) shows how to use
them.
`;

// `vitest run test/commands-guide.test.ts --update` writes the page.
test("commands.md contains the full help of each command", async () => {
  const env = environment(await home());
  const sections = commandNames
    .filter((name) => name !== "help")
    .map(async (name) => {
      const { stdout } = await vmsOnScreen(COLUMNS, ["help", ...name.split(" ")], env);
      return `\n## vms ${name}\n\n\`\`\`text\n${stdout.trim()}\n\`\`\`\n`;
    });
  await expect(`${INTRODUCTION}${(await Promise.all(sections)).join("")}`).toMatchFileSnapshot(GUIDE);
});
