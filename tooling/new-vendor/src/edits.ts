import { readFileSync } from "node:fs";
import { join } from "node:path";
import { atEndOfBlock, atEndOfTable, before } from "./insert.ts";
import { withImporter, withWorkspaceDependency } from "./lockfile.ts";
import { MODEL } from "./model.ts";
import type { Names } from "./name.ts";

/** Packages that run or check code that imports the vendor by its name. */
const NEED_VENDOR = ["tooling/e2e", "tooling/examples", "tooling/site", "tooling/vendors"];

/** How each file of the workspace changes for a vendor. */
const EDITS: Readonly<Record<string, (text: string, names: Names) => string>> = {
  "packages/simulator/src/servers.ts": (text, { kebab, camel, pascal, title }) => {
    const imports = `import type { ${pascal}Options, ${pascal}Server } from "./${kebab}/options.ts";
import { create${pascal}Server } from "./${kebab}/server.ts";
`;
    const servers = `  /** ${title}'s server. */\n  readonly ${camel}: ${pascal}Server;`;
    const options = `  /** Options of ${title}'s server. Default: none. */\n  readonly ${camel}?: ${pascal}Options | undefined;`;
    const added = atEndOfBlock(text, "export interface VendorServers {", servers);
    const both = atEndOfBlock(added, "export interface VendorServerOptions {", options);
    return imports + atEndOfBlock(both, "\n} = {\n", `  ${camel}: create${pascal}Server,`);
  },
  "packages/simulator/src/index.ts": (text, { kebab, pascal }) =>
    `${text}export type { ${pascal}Options, ${pascal}Server } from "./${kebab}/options.ts";
export { create${pascal}Server } from "./${kebab}/server.ts";
`,
  "packages/simulator/README.md": (text, { kebab, pascal, title }) =>
    atEndOfTable(
      text,
      "| function | vendor | in-process base URL | first call |",
      `| \`create${pascal}Server\` | ${title} | \`https://${kebab}.example\` | \`api/cameras\` |`,
    ),
  "tooling/vendors/src/vendors.ts": (text, { kebab, camel, pascal }) => {
    const added = before(text, "export type VendorName =", ";", ` | "${kebab}"`);
    const entry = `  "${kebab}": vendor(${camel}.describe, ${camel}.create${pascal}Session),`;
    return `import * as ${camel} from "@vms/${kebab}";\n${atEndOfBlock(added, "export const vendors", entry)}`;
  },
  "README.md": (text, { kebab, title }) =>
    atEndOfTable(
      text,
      "| vendor package | signs in to |",
      `| [\`@vms/${kebab}\`](packages/${kebab}) | ${title}: a bearer token |`,
    ),
  "docs/README.md": (text, { kebab, title }) =>
    atEndOfTable(
      text,
      "| vendor | session | expires | second factor | sign-out | in a browser | evidence |",
      `| [${title}](guides/${kebab}.md) | a bearer token | at the time that the login returns | none documented | local only; the vendor has no sign-out | on the vendor's own origin | Write this |`,
    ),
  "docs/guides/README.md": (text, { kebab, title }) =>
    atEndOfTable(
      text,
      "| guide | product | package | session type |",
      `| [${title}](${kebab}.md) | ${title} | [\`@vms/${kebab}\`](../../packages/${kebab}/README.md) | a bearer token |`,
    ),
  "docs/guides/environment-variables.md": (text, { constant, title }) =>
    atEndOfTable(text, "| vendor | prefix |", `| ${title} | \`VMS_${constant}_\` |`),
  ".github/ISSUE_TEMPLATE/vendor.yml": (text, { kebab, title }) =>
    before(text, "label: Vendor\n", "    validations:", `        - "@vms/${kebab} (${title})"\n`),
};

/** The existing files that change for a vendor, with their new texts, by their paths from the root. */
export function editedFiles(root: string, names: Names): Map<string, string> {
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const files = new Map(Object.entries(EDITS).map(([path, edit]) => [path, edit(read(path), names)]));
  const name = `@vms/${names.kebab}`;
  let lockfile = withImporter(read("pnpm-lock.yaml"), `packages/${names.kebab}`, MODEL);
  for (const folder of NEED_VENDOR) {
    files.set(`${folder}/package.json`, withDependency(read(`${folder}/package.json`), name));
    lockfile = withWorkspaceDependency(lockfile, folder, name, `../../packages/${names.kebab}`);
  }
  return files.set("pnpm-lock.yaml", lockfile);
}

function withDependency(text: string, name: string): string {
  const manifest = JSON.parse(text) as { devDependencies: Record<string, string> };
  const all = Object.entries({ ...manifest.devDependencies, [name]: "workspace:^" });
  const devDependencies = Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
  return `${JSON.stringify({ ...manifest, devDependencies }, undefined, 2)}\n`;
}
