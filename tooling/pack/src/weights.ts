import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./packages.ts";

/** The vendor whose bundle is measured. */
const VENDOR = { name: "@vms/alta", folder: "alta", factory: "createAltaSession" };

const CORE = join(root, "packages/core/src");

/** The folders of the core in a vendor's bundle. */
const folders = readdirSync(CORE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node")
  .map(({ name }) => name);

/** The parts of a vendor's bundle, in the order of the page. */
export const parts: readonly string[] = [
  "ky",
  "valibot",
  VENDOR.name,
  ...folders.map((name) => `@vms/core, ${name}/`),
  "other",
];

/** The size of each part of a vendor's bundle, in bytes: its share of the minified code, applied to the gzipped size. */
export async function weigh(): Promise<Readonly<Record<string, number>>> {
  const folder = join(root, "packages", VENDOR.folder);
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${VENDOR.factory} } from "./src/index.ts";`, resolveDir: folder },
    // The sources, because the built files do not show the folder of each line.
    alias: { "@vms/core": join(CORE, "index.ts"), "@vms/core/flow": join(CORE, "flow.ts") },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  if (file === undefined || output === undefined) throw new Error("esbuild wrote no bundle");
  const share = gzipSync(file.contents, { level: 9 }).length / file.contents.length;
  const weights: Record<string, number> = Object.fromEntries(parts.map((part) => [part, 0]));
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const part = partOf(path);
    weights[part] = (weights[part] ?? 0) + bytesInOutput * share;
  }
  return weights;
}

function partOf(path: string): string {
  const [, folder] = /packages\/core\/src\/([^/]+)\//.exec(path) ?? [];
  if (folder !== undefined) return `@vms/core, ${folder}/`;
  if (/\/node_modules\/ky\//.test(path)) return "ky";
  if (/\/node_modules\/valibot\//.test(path)) return "valibot";
  return path.includes("node_modules") ? "other" : VENDOR.name;
}
