import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { vendorNames } from "@vms-tooling/vendors";

export const ROOT: string = join(import.meta.dirname, "../../..");

/** An entry point that a user can import, such as `@vms/core/node`. */
interface Entry {
  /** As it is imported. */
  readonly name: string;
  /** The file with its declarations. */
  readonly types: string;
}

/** A package that is published. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Its folder below the root. */
  readonly folder: string;
  /** Its README, if it has one. */
  readonly readme: string | undefined;
  /** Empty for a package that is a program only. */
  readonly entries: readonly Entry[];
}

/** The order of the packages: the vendors first, then the packages that they use. */
const ORDER: readonly string[] = [...vendorNames, "core", "redis", "proxy", "simulator", "test-suite"];

const rank = ({ folder }: Package) => {
  const at = ORDER.findIndex((name) => folder.endsWith(`/${name}`));
  return at < 0 ? ORDER.length : at;
};

/** Entries for our own packages only. They are documented as not public. */
const INTERNAL = /^\.\/internal(\/|$)/;

/** The published packages, read from their manifests, so a new one is included automatically. */
export function publishedPackages(root: string = ROOT): Package[] {
  return globSync("packages/*/package.json", { cwd: root })
    .sort()
    .map((manifest) => ({ folder: dirname(manifest), ...JSON.parse(readFileSync(join(root, manifest), "utf8")) }))
    .filter((one) => one.private !== true)
    .map(({ name, version = "", folder, exports = {} }): Package => {
      const readme = join(root, folder, "README.md");
      const entries = Object.entries(exports as Record<string, { types?: string }>).flatMap(([path, { types }]) =>
        types === undefined || INTERNAL.test(path)
          ? []
          : [{ name: `${name}${path.slice(1)}`, types: join(root, folder, types) }],
      );
      return { name, version, folder, readme: existsSync(readme) ? readme : undefined, entries };
    })
    .sort((a, b) => rank(a) - rank(b));
}
