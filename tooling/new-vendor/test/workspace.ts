import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { node, type Ran } from "./run.ts";

export const ROOT: string = join(import.meta.dirname, "../../..");
const HERE = join(import.meta.dirname, "..");
const FILLED = join(import.meta.dirname, "filled");

/** What the generator and a package need of the repository's root. */
const SETTINGS = [".gitignore", "biome.json", "package.json", "pnpm-workspace.yaml", "tsconfig.base.json"];
/** What is the same in every vendor, the generator takes from this one. */
const MODEL = ["package.json", "tsconfig.json", "tsdown.config.ts", "vitest.config.ts"].map(
  (file) => `packages/alta/${file}`,
);

/** A copy of as much of the repository as the generator works on. */
export interface Workspace {
  readonly path: string;
  generate(...args: string[]): Promise<Ran>;
  /** The path of a package in it, with its dependencies in place. */
  readonly made: string;
  /** Gives the package that was made its dependencies. */
  link(): Promise<void>;
  /** A copy of it in which its author has written everything. */
  written(): Promise<string>;
  /** A copy of that, next to its original state. */
  stages(): Promise<string>;
  remove(): Promise<void>;
}

export async function createWorkspace(name: string): Promise<Workspace> {
  const path = await mkdtemp(join(tmpdir(), "vms-new-vendor-"));
  const made = join(path, "packages", name);
  await mkdir(join(path, "node_modules"));
  for (const setting of SETTINGS) await cp(join(ROOT, setting), join(path, setting));
  for (const file of MODEL) await cp(join(ROOT, file), join(path, file));
  for (const part of ["src", "templates"]) {
    await cp(join(HERE, part), join(path, "tooling/new-vendor", part), { recursive: true });
  }
  for (const tool of [".bin", "@biomejs"]) {
    await symlink(join(ROOT, "node_modules", tool), join(path, "node_modules", tool));
  }

  async function copy(folder: string): Promise<string> {
    const to = join(path, folder, name);
    // Where a package is from the root, its tsconfig.json says: two folders up.
    const skip = /\/(dist|\.report|node_modules\/\.vite.*)$/;
    await cp(made, to, { recursive: true, verbatimSymlinks: true, filter: (from) => !skip.test(from) });
    for (const part of ["src", "test"]) await cp(join(FILLED, part), join(to, part), { recursive: true });
    return to;
  }

  return {
    path,
    made,
    generate: (...args) => node(path, join(path, "tooling/new-vendor/src/main.ts"), ...args),

    // Its own folder for the caches of tools, with this package's dependencies, which are all that a vendor needs.
    async link() {
      const [from, to] = [join(HERE, "node_modules"), join(made, "node_modules")];
      await mkdir(to);
      for (const entry of await readdir(from)) {
        if (!entry.startsWith(".vite")) await symlink(join(from, entry), join(to, entry));
      }
    },

    async written() {
      const to = await copy("written");
      await rm(join(to, "src/write-this.ts"));
      const readme = join(to, "README.md");
      const text = await readFile(readme, "utf8");
      await writeFile(
        readme,
        text.replaceAll(/Write this: .*/g, "As its page says.").replaceAll(/write-this: .*"/g, 'cameras"'),
      );
      return to;
    },

    async stages() {
      const to = await copy("stages");
      await cp(join(FILLED, "stages.ts"), join(to, "stages.ts"));
      for (const part of ["src", "test"]) await cp(join(made, part), join(to, "unwritten", part), { recursive: true });
      await cp(join(made, "src"), join(to, "without-errors"), { recursive: true });
      await cp(join(to, "src/flow.ts"), join(to, "without-errors/flow.ts"));
      return to;
    },

    async remove() {
      await rm(path, { recursive: true, force: true });
      if (existsSync(path)) throw new Error(`${path} is still there`);
    },
  };
}
