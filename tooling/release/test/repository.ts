import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export const ROOT: string = join(import.meta.dirname, "../../..");

type Bump = "patch" | "minor" | "major";
interface Manifest {
  name: string;
  version: string;
  private?: boolean;
}

/** A copy of what `changeset version` reads, with every package at 1.0.0 and no pending changesets. */
export interface Copy {
  /** Writes a changeset. */
  change(changes: Readonly<Record<string, Bump>>): Promise<void>;
  /** Runs `changeset version`; returns the packages whose version changed. */
  version(): Promise<Record<string, string>>;
  readonly path: string;
}

export async function copyOfRepository(): Promise<Copy> {
  const path = await mkdtemp(join(tmpdir(), "vms-release-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const manifests = globSync(["packages/*/package.json", "tooling/*/package.json"], { cwd: ROOT }).sort();
  for (const manifest of [...manifests, "package.json", "pnpm-workspace.yaml", ".changeset/config.json"]) {
    await mkdir(dirname(join(path, manifest)), { recursive: true });
    await cp(join(ROOT, manifest), join(path, manifest));
  }
  const published = manifests.filter((manifest) => manifest.startsWith("packages/"));
  for (const manifest of published) {
    const file = join(path, manifest);
    const content = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...content, version: "1.0.0" }, undefined, 2));
  }
  await symlink(join(ROOT, "node_modules"), join(path, "node_modules"));
  await run(path, "git", ["init", "-q", "-b", "main"]);
  const versions = async () => {
    const all = published.map(async (manifest) => JSON.parse(await readFile(join(path, manifest), "utf8")) as Manifest);
    return new Map((await Promise.all(all)).map(({ name, version }) => [name, version]));
  };
  let count = 0;
  return {
    path,
    async change(changes) {
      const lines = Object.entries(changes).map(([name, bump]) => `"${name}": ${bump}`);
      await writeFile(join(path, `.changeset/change-${++count}.md`), `---\n${lines.join("\n")}\n---\n\nA change.\n`);
    },
    async version() {
      const before = await versions();
      await run(path, process.execPath, [join(ROOT, "node_modules/@changesets/cli/bin.js"), "version"]);
      const after = [...(await versions())].filter(([name, version]) => before.get(name) !== version);
      return Object.fromEntries(after);
    },
  };
}

async function run(cwd: string, program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${status}\n${Buffer.concat(output)}`);
}
