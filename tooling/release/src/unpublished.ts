import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A package that a release would publish. */
export interface Released {
  readonly name: string;
  readonly version: string;
  /** Its folder below the root. */
  readonly folder: string;
}

/** The version of a package that has never been released. */
const NEVER = "0.0.0";

type IsPublished = (name: string, version: string) => Promise<boolean>;

/**
 * Lists the packages whose version is not in the registry.
 * @param isPublished asks the registry, for all packages concurrently. Default: `npm view`.
 */
export async function unpublished(root: string, isPublished: IsPublished = askRegistry): Promise<Released[]> {
  const packages = globSync("packages/*/package.json", { cwd: root })
    .sort()
    .map((manifest) => ({ folder: dirname(manifest), ...JSON.parse(readFileSync(join(root, manifest), "utf8")) }))
    .filter((one) => one.private !== true && one.version !== NEVER);
  const published = await Promise.all(packages.map(({ name, version }) => isPublished(name, version)));
  return packages
    .filter((_, index) => published[index] === false)
    .map(({ name, version, folder }) => ({ name, version, folder }));
}

async function askRegistry(name: string, version: string): Promise<boolean> {
  // `npm run --silent` also silences nested npm commands, but errors must be printed.
  const args = ["view", `${name}@${version}`, "version", "--loglevel=error"];
  try {
    const { stdout } = await promisify(execFile)("npm", args);
    return stdout.trim() === version;
  } catch (error) {
    const { stderr = String(error) } = error as { readonly stderr?: string };
    if (stderr.includes("E404")) return false;
    // Never publish on a guess.
    throw new Error(`The registry did not report whether it has ${name}@${version}:\n${stderr}`);
  }
}
