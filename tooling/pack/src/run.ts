import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The timeout, in ms. */
  readonly timeout?: number;
}

/**
 * The environment of a shell outside this repository. pnpm sets NODE_PATH, with which child processes would find this
 * repository's packages, and npm sets the directory of the script.
 */
export const outside: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(NODE_PATH|NODE_OPTIONS|NODE_ENV|VITEST.*|INIT_CWD|npm_(package|lifecycle|config_local_prefix).*)$/.test(name),
  ),
);

/** Runs a program and accepts any exit status. The default environment is `outside`. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = spawn(program, args, { timeout: 120_000, env: outside, ...options, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve)),
  ]);
  return { status, stdout, stderr };
}

/**
 * Runs a program that must succeed.
 * @returns its standard output.
 * @throws {Error} with its full output if it fails.
 */
export async function must(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await run(program, args, options);
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(" ")} exited with ${status}\n${stdout}${stderr}`);
}
