import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./pages.ts";

/** The pages that show the flows of real servers. */
export const FLOW_PAGES: readonly string[] = [
  "docs/guides/vendor-sign-ins.md",
  "docs/guides/vendor-call-credentials.md",
];

const FOLDER = "tooling/real-servers/src/flows";

/** The flows of real servers: their sources by file name. */
export function realFlows(root: string = ROOT): Map<string, string> {
  const names = globSync("*.ts", { cwd: join(root, FOLDER) }).sort();
  return new Map(names.map((name) => [name, readFileSync(join(root, FOLDER, name), "utf8")]));
}

/** Returns the text of a page with each flow as it is in the flow's file. */
export function withRealFlows(page: string, flows: ReadonlyMap<string, string>): string {
  return page.replaceAll(/^```ts\n\/\/ ([\w-]+\.ts)\n[\s\S]*?^```$/gm, (block, name: string) => {
    const source = flows.get(name);
    return source === undefined ? block : `\`\`\`ts\n// ${name}\n${source}\`\`\``;
  });
}
