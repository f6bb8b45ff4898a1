import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { onTestFinished } from "vitest";
import { main } from "../../src/main.ts";
import { passWarnings, testSystem } from "./test-system.ts";

const BIN = join(import.meta.dirname, "../../src/bin.ts");
const COMPILED = join(tmpdir(), "vms-cli-compiled");

/** The result of a run of `vms`. */
export interface Run {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Creates a directory for the files of `vms`, which is removed after the test. */
export async function home(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "vms-cli-"));
  onTestFinished(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

/** The environment of a run: the variables of this process that every program needs, and no keyring. */
export function environment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "" } = process.env;
  // A session bus that does not exist, so that tests do not write into the user's keyring.
  const noKeyring = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };
  // Node's compile cache is shared by all runs, outside the home.
  return { PATH, HOME: home, VMS_HOME: home, ...noKeyring, NODE_COMPILE_CACHE: COMPILED, ...more };
}

/** A run of `vms` in this process. */
export interface StartedVms {
  stdout(): string;
  stderr(): string;
  /** Sends a signal to the run. */
  signal(name: NodeJS.Signals): void;
  /** Waits for the end, and returns the exit status. */
  readonly ended: Promise<number>;
  /** Waits until a text is on standard output, or the run ends. */
  prints(text: RegExp): Promise<void>;
}

/**
 * Starts `vms` in this process, without a terminal. It is ended after the test.
 * @param columns the width of the terminal that is the standard output. Default: no terminal.
 */
export function startVms(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string | Uint8Array = "",
  columns?: number,
): StartedVms {
  const test = testSystem(args, env, columns);
  const { stdout, stderr, stdin, signal, heard, over: isOver, exited } = test;
  stdin.end(input);
  const endWarnings = passWarnings(test);
  const ended = Promise.race([main(test.system), exited]).finally(endWarnings);
  const over = ended.then(async (status) => {
    await isOver();
    if (heard().length > 0) throw new Error(`The run has ended, but listens for ${heard().join(", ")}.`);
    return status;
  });
  let hasEnded = false;
  over.finally(() => (hasEnded = true)).catch(() => {});
  onTestFinished(async () => {
    if (!hasEnded) signal("SIGTERM");
    // An error that no command reports fails the test.
    await over;
  });
  return {
    stdout: stdout.text,
    stderr: stderr.text,
    signal,
    ended: over,
    async prints(text) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (text.test(stdout.text())) resolve();
      };
      stdout.onWrite(look);
      look();
      await Promise.race([promise, over.then((status) => Promise.reject(endedEarly(status, stderr.text())))]);
    },
  };
}

function endedEarly(status: number, stderr: string): Error {
  return new Error(`It ended with ${status}: ${stderr}`);
}

/** Runs `vms` in this process, without a terminal, to its end. */
export async function vms(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string | Uint8Array = "",
): Promise<Run> {
  const { ended, stdout, stderr } = startVms(args, env, input);
  const exit = await ended;
  return { exit, stdout: stdout(), stderr: stderr() };
}

/** Runs `vms` in this process to its end. Standard output is a terminal of this width. */
export async function vmsOnScreen(
  columns: number,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  const { ended, stdout, stderr } = startVms(args, env, "", columns);
  const exit = await ended;
  return { exit, stdout: stdout(), stderr: stderr() };
}

/** The arguments with which Node runs `vms` from its sources. */
export const vmsCommand: readonly [string, ...string[]] = [process.execPath, BIN];

/**
 * Runs `vms` in its own process, without a terminal, to its end. For what only a process shows: its start, locks between
 * processes, inherited input and output, and what Node does.
 */
export async function vmsProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string | Uint8Array = "",
): Promise<Run> {
  const [program, ...first] = vmsCommand;
  const child = spawn(program, [...first, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exit, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}
