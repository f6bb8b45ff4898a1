import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { onTestFinished } from "vitest";

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
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** The environment of a run: only what a program needs of this process's, and no keyring. */
export function environment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "" } = process.env;
  // A session bus that does not exist, so that tests do not write into the user's keyring.
  const noKeyring = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };
  // Node's compile cache is shared by all runs, outside the home.
  return { PATH, HOME: home, VMS_HOME: home, ...noKeyring, NODE_COMPILE_CACHE: COMPILED, ...more };
}

/** The arguments with which Node runs `vms` from its sources. */
export const vmsCommand: readonly [string, ...string[]] = [process.execPath, BIN];

/** Runs `vms` without a terminal to its end. */
export async function vms(
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
