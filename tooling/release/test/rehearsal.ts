import { spawn } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { parse } from "yaml";
import { type Registry, startRegistry } from "./registry.ts";
import { ROOT } from "./repository.ts";

/** A copy of this repository with an `origin` to push to, and a registry. */
export interface Rehearsal {
  readonly repository: {
    readonly path: string;
    /** Commits all changes to `main`, like a merged pull request. */
    merge(message: string): Promise<void>;
    /** Runs the workflows Version and Release with the merge between them. Returns the packed packages. */
    release(): Promise<string[]>;
    /** Reruns the failed jobs of Release. */
    again(): Promise<void>;
    head(): Promise<string>;
  };
  readonly registry: Registry;
  /** Runs npm with that registry in a folder. Returns its output. */
  npm(folder: string, ...args: string[]): Promise<string>;
  /** The recorded calls of the forge's client, one per line. */
  said(): Promise<string>;
}

/** The timeout of a command, in ms. If a registry stalls, the error names the command. */
const COMMAND_TIMEOUT = 240_000;

export async function startRehearsal(): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), "vms-rehearsal-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "repository");
  const registry = await startRegistry(withSlash(await run(ROOT, process.env, "npm", "config", "get", "registry")));
  const env = await environment(folder, registry);
  const git = (...args: string[]) => run(path, env, "git", ...args);
  const step = async (file: string, job: string, mark: string, more: NodeJS.ProcessEnv = {}) =>
    run(path, { ...env, ...more }, "bash", "-eo", "pipefail", "-c", await commandOf(file, job, mark));
  const head = async () => (await git("rev-parse", "HEAD")).trim();

  async function merge(message: string): Promise<void> {
    await git("add", "--all");
    await git("commit", "--quiet", "--message", message);
    await git("push", "--quiet", "origin", "main");
  }

  /** The jobs after packing. */
  let rest = async () => {};

  async function release(): Promise<string[]> {
    await step("version.yml", "pull-request", "changeset version");
    if ((await git("branch", "--list", "release/next")) !== "") {
      await git("switch", "--quiet", "main");
      await git("merge", "--quiet", "--ff-only", "release/next");
      await git("branch", "--delete", "release/next");
      await git("push", "--quiet", "origin", "main");
    }
    const output = join(folder, "output");
    await writeFile(output, "");
    await rm(join(path, "tarballs"), { recursive: true, force: true });
    await step("release.yml", "pack", "release:pack", { GITHUB_OUTPUT: output });
    const packages = (await readFile(output, "utf8")).trim().replace(/^packages=/, "");
    const packed: string[] = JSON.parse(packages);
    const commit = await head();
    rest = async () => {
      if (packed.length === 0) return;
      await step("release.yml", "publish", "npm publish");
      await step("release.yml", "tag", "gh release", { PACKAGES: packages, GITHUB_SHA: commit });
    };
    await rest();
    return packed;
  }

  await copyRepository(path);
  await run(folder, env, "git", "init", "--quiet", "--bare", "--initial-branch", "main", "origin.git");
  await git("init", "--quiet", "--initial-branch", "main");
  await git("remote", "add", "origin", join(folder, "origin.git"));
  await merge("The repository");
  await run(path, { ...process.env, CI: "true" }, "pnpm", "install", "--frozen-lockfile", "--prefer-offline");

  return {
    repository: { path, merge, release, again: () => rest(), head },
    registry,
    npm: (from, ...args) => run(from, env, "npm", ...args),
    said: () => readFile(join(folder, "gh.log"), "utf8"),
  };
}

/** Copies the files of `git clone`, and the built files. */
async function copyRepository(path: string): Promise<void> {
  const files = await run(ROOT, process.env, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  for (const file of files.split("\0").filter((name) => name !== "")) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    // The list still contains files whose deletion is not committed.
    await cp(join(ROOT, file), join(path, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  const built = files.split("\0").filter((name) => /^packages\/[^/]+\/package\.json$/.test(name));
  for (const manifest of built) {
    const dist = join(dirname(manifest), "dist");
    await cp(join(ROOT, dist), join(path, dist), { recursive: true });
  }
}

/** The environment of a maintainer: the registry with a made-up token, a `gh` that only records, and a git identity. */
async function environment(folder: string, { url }: Registry): Promise<NodeJS.ProcessEnv> {
  const programs = join(folder, "bin");
  await mkdir(programs);
  const log = join(folder, "gh.log");
  await writeFile(join(programs, "gh"), ghStandIn(log));
  await chmod(join(programs, "gh"), 0o755);
  const npmrc = join(folder, "npmrc");
  await writeFile(npmrc, `registry=${url}\n//${new URL(url).host}/:_authToken=made-up\naudit=false\nfund=false\n`);
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_PATH|NODE_OPTIONS|NODE_ENV|VITEST.*|INIT_CWD|GITHUB_.*|npm_.*)$/i.test(name),
  );
  return {
    ...Object.fromEntries(own),
    PATH: [programs, process.env.PATH].join(delimiter),
    npm_config_userconfig: npmrc,
    npm_config_cache: join(folder, "cache"),
    GIT_AUTHOR_NAME: "A. Stranger",
    GIT_AUTHOR_EMAIL: "stranger@example.com",
    GIT_COMMITTER_NAME: "A. Stranger",
    GIT_COMMITTER_EMAIL: "stranger@example.com",
  };
}

/** A stub of `gh` that records its calls and knows the recorded releases. */
function ghStandIn(log: string): string {
  return `#!/bin/sh
if [ "$1 $2" = "release view" ]; then exec grep -q "^release create $3 " "${log}"; fi
echo "$@" >> "${log}"
`;
}

/** The command of a step, found by a part of it. */
async function commandOf(file: string, job: string, mark: string): Promise<string> {
  const { jobs } = parse(await readFile(join(ROOT, ".github/workflows", file), "utf8")) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
  };
  const commands = (jobs[job]?.steps ?? []).flatMap(({ run: command = "" }) => (command.includes(mark) ? command : []));
  const [command] = commands;
  if (command === undefined || commands.length > 1) throw new Error(`${file}, ${job}: ${commands.length} × "${mark}"`);
  // Provenance needs the forge's identity, which does not exist here.
  return command.replace(" --provenance", "");
}

async function run(cwd: string, env: NodeJS.ProcessEnv, program: string, ...args: string[]): Promise<string> {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: COMMAND_TIMEOUT });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)),
  ]);
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(" ")}: ${status}\n${stdout}${stderr}`);
}

function withSlash(url: string): string {
  return url.trim().replace(/\/?$/, "/");
}
