// Packs the unpublished packages into a folder and prints their names as a JSON list: ["@vms/alta@1.0.1"].
// Run: node tooling/release/src/pack.ts <folder>
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { unpublished } from "./unpublished.ts";

const root = join(import.meta.dirname, "../../..");
const folder = process.argv[2];
if (folder === undefined) {
  console.error("Name the folder for the tarballs: npm run release:pack -- <folder>");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const packages = await unpublished(root);
for (const { folder: from } of packages) {
  const { status } = spawnSync("pnpm", ["pack", "--pack-destination", resolve(folder)], {
    cwd: join(root, from),
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
console.log(JSON.stringify(packages.map(({ name, version }) => `${name}@${version}`)));
