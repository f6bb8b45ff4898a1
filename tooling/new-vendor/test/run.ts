import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs Node, in an environment that does not know of the runner around it. */
export function node(cwd: string, ...args: string[]): Promise<Ran> {
  return run(cwd, process.execPath, args);
}

/** Runs a program that a package has as a dependency, as its scripts would. */
export function program(cwd: string, name: string, ...args: string[]): Promise<Ran> {
  return run(cwd, join(cwd, "node_modules/.bin", name), args);
}

async function run(cwd: string, file: string, args: readonly string[]): Promise<Ran> {
  const outside = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_OPTIONS|NODE_ENV|TEST$|DEV$|PROD$)/.test(name),
  );
  const env = {
    ...Object.fromEntries(outside),
    NO_COLOR: "1",
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  };
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const status = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, out, err };
}
