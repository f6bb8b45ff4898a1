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
  // `npm run --silent` silences every npm below it as well; why it failed has to be heard here.
  const asked = ["view", `${name}@${version}`, "version", "--loglevel=error"];
  const { status, stdout, stderr } = spawnSync("npm", asked, { encoding: "utf8" });
  if (status === 0) return stdout.trim() === version;
  if (stderr.includes("E404")) return false;
  // Nothing is published on a guess.
  throw new Error(`The registry did not say whether ${name}@${version} is there:\n${stderr}`);
}
