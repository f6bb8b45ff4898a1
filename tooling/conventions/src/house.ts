import { type Module, moduleOf } from "./module.ts";

/** Texts by their paths from the root, with `/` between the parts. */
export type Files = ReadonlyMap<string, string>;

/** What is looked at in a `package.json`. */
export interface Manifest {
  readonly name?: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** One package below `packages`. */
export interface Package {
  /** The name of its folder: `alta`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Its files, by their paths in its folder. */
  readonly files: Files;
  readonly isVendor: boolean;
  /** The path from the root of a path in its folder. */
  at(path: string): string;
  /** One of its TypeScript files, parsed. An empty one, where it has no such file. */
  module(path: string): Module;
  /** The paths of the TypeScript files in its `src`, or below another folder. */
  sources(below?: "src" | "test"): string[];
}

/** All packages, and what waits for a release. */
export interface House {
  readonly packages: readonly Package[];
  readonly vendors: readonly Package[];
  /** The changesets, by their paths from the root. */
  readonly changesets: Files;
}

/** Two of these rooms make a vendor, so that one which lacks the third is still held to the rules. */
const ROOMS = ["src/flow.ts", "src/session.ts", "src/wire.ts"];

/** Takes files for the house that they are. Nothing is read from the disk. */
export function houseOf(files: Files): House {
  const folders = new Map<string, Map<string, string>>();
  const changesets = new Map<string, string>();
  for (const [path, text] of files) {
    const [, folder, inner] = /^packages\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (folder !== undefined && inner !== undefined) {
      folders.set(folder, (folders.get(folder) ?? new Map()).set(inner, text));
    } else if (/^\.changeset\/[^/]+\.md$/.test(path)) {
      changesets.set(path, text);
    }
  }
  const packages = [...folders]
    .filter(([, inner]) => inner.has("package.json"))
    .map(([name, of]) => packageOf(name, of));
  return { packages, vendors: packages.filter(({ isVendor }) => isVendor), changesets };
}

function packageOf(folder: string, files: Files): Package {
  const manifest = JSON.parse(files.get("package.json") ?? "{}") as Manifest;
  const modules = new Map<string, Module>();
  return {
    folder,
    manifest,
    files,
    isVendor: "@vms/core" in (manifest.dependencies ?? {}) && ROOMS.filter((room) => files.has(room)).length > 1,
    at: (path) => `packages/${folder}/${path}`,
    module(path) {
      const known = modules.get(path) ?? moduleOf(path, files.get(path) ?? "");
      modules.set(path, known);
      return known;
    },
    sources: (below = "src") =>
      [...files.keys()].filter((path) => path.startsWith(`${below}/`) && path.endsWith(".ts")).sort(),
  };
}
