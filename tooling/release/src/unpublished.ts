import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A package that a release would publish. */
export interface Released {
  readonly name: string;
  readonly version: string;
  /** Its folder below the root. */
  readonly folder: string;
}

/** The version of a package that was never given one. */
const NEVER = "0.0.0";

/** The packages whose version the registry does not have. `isPublished` asks it. */
export function unpublished(root: string, isPublished: (name: string, version: string) => boolean = ask): Released[] {
  return globSync("packages/*/package.json", { cwd: root })
    .sort()
    .map((manifest) => ({ folder: dirname(manifest), ...JSON.parse(readFileSync(join(root, manifest), "utf8")) }))
    .filter((one) => one.private !== true && one.version !== NEVER)
    .filter(({ name, version }) => !isPublished(name, version))
    .map(({ name, version, folder }) => ({ name, version, folder }));
}

function ask(name: string, version: string): boolean {
  const { status, stdout, stderr } = spawnSync("npm", ["view", `${name}@${version}`, "version"], { encoding: "utf8" });
  if (status === 0) return stdout.trim() === version;
  if (stderr.includes("E404")) return false;
  // Nothing is published on a guess.
  throw new Error(`The registry did not say whether ${name}@${version} is there:\n${stderr}`);
}
