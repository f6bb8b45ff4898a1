import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root of the repository. */
export const root: string = join(import.meta.dirname, "../../..");

/** The relevant fields of a `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A published package. */
export interface Package {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** Every published package in `packages/`. */
export const published: readonly Package[] = globSync("packages/*/package.json", { cwd: root })
  .sort()
  .map((path) => join(root, dirname(path)))
  .map((folder) => ({ folder, manifest: readManifest(folder) }))
  .filter(({ manifest }) => manifest.private !== true)
  .map(({ folder, manifest }) => ({ name: manifest.name, folder, manifest }));

/** The names by which code imports the package: `@vms/core`, `@vms/core/node`. */
export function entriesOf({ name, manifest }: Package): string[] {
  return Object.keys(manifest.exports ?? {}).map((entry) => name + entry.slice(1));
}
