import { type Module, moduleOf } from "./module.ts";

/** The text of each file, by its path from the root with `/` as the separator. */
export type Files = ReadonlyMap<string, string>;

/** The fields of a `package.json` that the rules read. */
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
  /** Its files, by path within the folder. */
  readonly files: Files;
  readonly isVendor: boolean;
  /** Converts a path within the folder to a path from the root. */
  at(path: string): string;
  /** Parses one of its TypeScript files. A missing file counts as empty. */
  module(path: string): Module;
  /** The paths of the TypeScript files in its `src` or `test`. */
  sources(below?: "src" | "test"): string[];
}

/** All packages, changesets and guides. */
export interface Workspace {
  readonly packages: readonly Package[];
  readonly vendors: readonly Package[];
  /** The changesets, by path from the root. */
  readonly changesets: Files;
  /** The guides, by their paths from the root. */
  readonly guides: Files;
}

/** A package with two of these files is a vendor, so that the rules also catch a missing third file. */
const VENDOR_FILES = ["src/flow.ts", "src/session.ts", "src/wire.ts"];

/** Groups files into packages, changesets and guides, without I/O. */
export function workspaceOf(files: Files): Workspace {
  const folders = new Map<string, Map<string, string>>();
  const changesets = new Map<string, string>();
  const guides = new Map<string, string>();
  for (const [path, text] of files) {
    const [, folder, inner] = /^packages\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (folder !== undefined && inner !== undefined) {
      folders.set(folder, (folders.get(folder) ?? new Map()).set(inner, text));
    } else if (/^\.changeset\/[^/]+\.md$/.test(path)) {
      changesets.set(path, text);
    } else if (/^docs\/guides\/[^/]+\.md$/.test(path)) {
      guides.set(path, text);
    }
  }
  const packages = [...folders]
    .filter(([, inner]) => inner.has("package.json"))
    .map(([name, of]) => packageOf(name, of));
  return { packages, vendors: packages.filter(({ isVendor }) => isVendor), changesets, guides };
}

function packageOf(folder: string, files: Files): Package {
  const manifest = JSON.parse(files.get("package.json") ?? "{}") as Manifest;
  const modules = new Map<string, Module>();
  return {
    folder,
    manifest,
    files,
    isVendor: "@vms/core" in (manifest.dependencies ?? {}) && VENDOR_FILES.filter((path) => files.has(path)).length > 1,
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
