// Packs the unpublished packages into a folder, and prints them as a JSON list: ["@vms/alta@1.0.1"].
// Run: node tooling/release/src/pack.ts <folder>
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { unpublished } from "./unpublished.ts";
import { unwrittenIn } from "./unwritten.ts";

const root = join(import.meta.dirname, "../../..");
const folder = process.argv[2];
if (folder === undefined) {
  console.error("Name the folder for the tarballs: npm run release:pack -- <folder>");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const packages = [];
for (const one of await unpublished(root)) {
  const unwritten = unwrittenIn(join(root, one.folder));
  if (unwritten.length === 0) packages.push(one);
  else console.error(`${one.name} is not released: "Write this" is still in ${unwritten.join(", ")}`);
}
for (const { folder: from } of packages) {
  const { status } = spawnSync("pnpm", ["pack", "--pack-destination", resolve(folder)], {
    cwd: join(root, from),
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
console.log(JSON.stringify(packages.map(({ name, version }) => `${name}@${version}`)));
