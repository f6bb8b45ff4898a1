import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Packed } from "./pack.ts";
import { must } from "./run.ts";

/** The result of an installation. */
export interface Installed {
  /** The names of the packages, without platform-specific ones. */
  readonly names: readonly string[];
  /** The names of packages with an install script. */
  readonly scripts: readonly string[];
  readonly bytes: number;
}

interface Locked {
  readonly packages: Readonly<Record<string, { readonly os?: unknown; readonly hasInstallScript?: boolean }>>;
}

/**
 * Installs packed packages with npm into an empty project. A dependency on another package of this repository resolves to
 * the packed one, because the registry may have none, or an older one.
 * @param wanted names of packed packages, and of other packages with their range.
 */
export async function install(
  directory: string,
  packed: readonly Packed[],
  wanted: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Promise<Installed> {
  mkdirSync(directory, { recursive: true });
  const files = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const ours = Object.fromEntries(Object.entries(files).filter(([name]) => wanted.includes(name)));
  const manifest = { private: true, type: "module", dependencies: { ...ours, ...others }, overrides: files };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest, null, 2));
  await must("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: directory,
  });
  return inspect(directory);
}

function inspect(directory: string): Installed {
  const modules = join(directory, "node_modules");
  const { packages }: Locked = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"));
  const entries = Object.entries(packages).map(([path, entry]) => ({
    name: path.replace(/^.*node_modules\//, ""),
    entry,
  }));
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return {
    names: entries
      .filter(({ entry }) => entry.os === undefined)
      .map(({ name }) => name)
      .sort(),
    scripts: entries.filter(({ entry }) => entry.hasInstallScript === true).map(({ name }) => name),
    bytes: files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0),
  };
}
