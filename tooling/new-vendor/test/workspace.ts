import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Ran, run } from "./run.ts";

export const ROOT: string = join(import.meta.dirname, "../../..");

/** A copy of the whole workspace, installed, in which nothing is uncommitted. */
export interface Workspace {
  readonly path: string;
  /** Runs a program in a folder of it. */
  run(folder: string, command: readonly [string, ...string[]], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** Runs a program that must succeed, and returns its output. */
  must(
    folder: string,
    command: readonly [string, ...string[]],
    env?: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** Commits everything. */
  commit(): Promise<void>;
  /** The paths that differ from the last commit. */
  changed(): Promise<string[]>;
  remove(): Promise<void>;
}

/**
 * Copies the files of this workspace, and installs the copy from the store that setup has filled. It needs no network and no
 * variables but the PATH. It shares turbo's cache with this workspace, so that only what a vendor changes is built.
 */
export async function createWorkspace(): Promise<Workspace> {
  const path = await mkdtemp(join(tmpdir(), "vms-new-vendor-"));
  const home = join(path, "..", `${path.split("/").at(-1)}-home`);
  await mkdir(home);
  const { storeDir } = JSON.parse(readFileSync(join(ROOT, "node_modules/.modules.yaml"), "utf8")) as {
    storeDir: string;
  };
  const env = (folder: string) => ({
    PATH: [
      join(path, folder, "node_modules/.bin"),
      join(path, "node_modules/.bin"),
      dirname(process.execPath),
      process.env.PATH,
    ].join(delimiter),
    HOME: home,
    CI: "1",
    NO_COLOR: "1",
    TURBO_CACHE_DIR: join(ROOT, ".turbo/cache"),
    TURBO_TELEMETRY_DISABLED: "1",
    pnpm_config_store_dir: storeDir,
    pnpm_config_ignore_scripts: "true",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@acme.example",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@acme.example",
  });

  const workspace: Workspace = {
    path,
    run: (folder, command, more = {}) => run(join(path, folder), command, { ...env(folder), ...more }),
    async must(folder, command, more) {
      const { status, out, err } = await workspace.run(folder, command, more);
      if (status !== 0) throw new Error(`\`${command.join(" ")}\` in ${folder} ended with ${status}:\n${out}${err}`);
      return out;
    },
    async commit() {
      await workspace.must(".", ["git", "add", "--all"]);
      await workspace.must(".", ["git", "commit", "--quiet", "--message", "copy"]);
    },
    async changed() {
      const status = await workspace.must(".", ["git", "status", "--short", "--untracked-files=all"]);
      return status
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.slice(3));
    },
    async remove() {
      for (const folder of [path, home]) await rm(folder, { recursive: true, force: true });
    },
  };

  const list = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"] as const;
  const { out } = await run(ROOT, list, env("."));
  for (const file of out.split("\0").filter((name) => name !== "")) {
    // A file that was deleted and not committed is still listed.
    await cp(join(ROOT, file), join(path, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  await workspace.must(".", ["git", "init", "--quiet"]);
  await workspace.commit();
  const pnpm = join(ROOT, "node_modules/.bin/pnpm");
  const install = ["install", "--frozen-lockfile", "--trust-lockfile", "--offline", "--reporter=append-only"];
  await workspace.must(".", [pnpm, ...install]);
  await linkBuilt(path);
  return workspace;
}

/** Links packages that put a binary in place when they are installed, because some of them download it. */
async function linkBuilt(path: string): Promise<void> {
  const settings = readFileSync(join(ROOT, "pnpm-workspace.yaml"), "utf8");
  const [, allowed = ""] = /^allowBuilds:\n((?: {2}.+\n)+)/m.exec(settings) ?? [];
  const names = allowed.split("\n").map((line) => line.trim().replace(/: true$/, ""));
  for (const folder of readdirSync(join(ROOT, "node_modules/.pnpm"))) {
    if (!names.includes(folder.slice(0, folder.lastIndexOf("@")))) continue;
    const copy = join(path, "node_modules/.pnpm", folder);
    await rm(copy, { recursive: true, force: true });
    await symlink(join(ROOT, "node_modules/.pnpm", folder), copy);
  }
}
