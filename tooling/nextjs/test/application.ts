import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const PACKAGE = join(import.meta.dirname, "..");

export interface Build {
  readonly status: number | null;
  readonly output: string;
  /** The static routes with their revalidation interval in seconds. */
  readonly prerendered: Readonly<Record<string, number | false>>;
}

export interface Running {
  /** Returns the text of the page's paragraph, or the whole response if it has none. */
  get(path: string): Promise<string>;
  readonly output: () => string;
  stop(): Promise<void>;
}

/** A copy of an application outside the repository. */
export interface Application {
  readonly folder: string;
  build(more?: Readonly<Record<string, string>>): Promise<Build>;
  start(): Promise<Running>;
  remove(): void;
}

/** Creates a folder outside the repository with the built packages, Next.js and React. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "vms-nextjs-")));
  for (const dependency of ["next", "react", "react-dom"]) link(PACKAGE, dependency, folder);
  for (const dependency of ["@vms/core", "@vms/alta", "@vms/admin-token"]) install(dependency, folder);
  mkdirSync(join(folder, "node_modules/.bin"));
  symlinkSync("../next/dist/bin/next", join(folder, "node_modules/.bin/next"));
  return folder;
}

/** Copies an application into such a folder. */
export function copyApplication(name: string, environment: Readonly<Record<string, string>>): Application {
  const folder = createFolder();
  cpSync(join(PACKAGE, "applications", name), folder, { recursive: true });

  const run = (command: string[], more: Readonly<Record<string, string>> = {}) => {
    const { PATH = "" } = process.env;
    const env = { PATH, HOME: folder, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
    const next = join(folder, "node_modules/next/dist/bin/next");
    const child = spawn(process.execPath, [next, ...command], {
      cwd: folder,
      env: { ...env, ...environment, ...more },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (part: Buffer) => {
        output += part.toString();
      });
    }
    return { child, output: () => output };
  };

  return {
    folder,
    async build(more) {
      const { child, output } = run(["build"], more);
      const [status] = await once(child, "close");
      const manifest = join(folder, ".next/prerender-manifest.json");
      const routes: Record<string, { initialRevalidateSeconds: number | false }> = existsSync(manifest)
        ? JSON.parse(readFileSync(manifest, "utf8")).routes
        : {};
      const entries = Object.entries(routes).map(([path, route]) => [path, route.initialRevalidateSeconds] as const);
      return { status, output: output(), prerendered: Object.fromEntries(entries) };
    },
    async start() {
      const { child, output } = run(["start", "--port", "0", "--hostname", "127.0.0.1"]);
      const origin = await readyAt(child, output);
      return {
        get: async (path) => textOf(await (await fetch(origin + path)).text()),
        output,
        async stop() {
          const closed = once(child, "close");
          child.kill();
          await closed;
        },
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function readyAt(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0];
    if (origin !== undefined && output().includes("Ready in")) return origin;
    if (child.exitCode !== null) throw new Error(`next start exited:\n${output()}`);
    await wait(20);
  }
}

function textOf(html: string): string {
  return /<p>(.*?)<\/p>/.exec(html)?.[1] ?? html;
}

/** Copies the files that npm would install, and links the dependencies. */
function install(name: string, folder: string): void {
  const source = realpathSync(join(PACKAGE, "node_modules", name));
  const target = join(folder, "node_modules", name);
  for (const part of ["package.json", "dist"]) cpSync(join(source, part), join(target, part), { recursive: true });
  const { dependencies = {} } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  for (const dependency of Object.keys(dependencies)) {
    if (!dependency.startsWith("@vms/")) link(source, dependency, folder);
  }
}

function link(from: string, name: string, folder: string): void {
  const target = join(folder, "node_modules", name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(realpathSync(join(from, "node_modules", name)), target);
}
