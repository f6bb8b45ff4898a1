import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./pages.ts";

/** The page that shows the flows of real servers. */
export const FLOWS_PAGE = "docs/guides/writing-a-vendor.md";

const FOLDER = "tooling/real-servers/src/flows";

/** The end of the shown part of a flow: the rest is the same in all flows. */
const END = "\n/** Creates a session with ";

/** The source code of the real servers' flows, by file name. */
export function realFlows(root: string = ROOT): Map<string, string> {
  const names = globSync("*.ts", { cwd: join(root, FOLDER) }).sort();
  return new Map(names.map((name) => [name, readFileSync(join(root, FOLDER, name), "utf8")]));
}

/** The flow that a code block belongs to, by its first line: `// from acme.ts`. */
export function flowOf(code: string): string | undefined {
  return /^\/\/ from ([\w-]+\.ts)\n/.exec(code)?.[1];
}

/**
 * Replaces each part of a flow in a page with the code in the flow's file, from the first line that the page shows to the
 * function that creates sessions.
 * @throws {Error} `Error` if the file or the line does not exist.
 */
export function withRealFlows(page: string, flows: ReadonlyMap<string, string>): string {
  const shown = /^```ts\n(\/\/ from [\w-]+\.ts)\n(.*)\n[\s\S]*?^```$/gm;
  return page.replaceAll(shown, (_, heading: string, first: string) => {
    const source = flows.get(flowOf(`${heading}\n`) ?? "");
    const start = source?.indexOf(`\n${first}\n`) ?? -1;
    const end = source?.indexOf(END) ?? -1;
    if (source === undefined || start < 0 || end < start) throw new Error(`${heading}: there is no line "${first}".`);
    return `\`\`\`ts\n${heading}\n${source.slice(start + 1, end).trimEnd()}\n\`\`\``;
  });
}
