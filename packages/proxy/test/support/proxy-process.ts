import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { account, addressOf, type RunningProxy } from "./running.ts";
import { type Vendor, vendor } from "./vendor.ts";

const PROGRAM = join(import.meta.dirname, "alta-proxy.ts");

/** Lets tests end sessions as often as they want. */
const NO_LIMIT = { atOnce: 1_000, perMinute: 1_000 };

/** A proxy in its own process. */
export interface ProxyProcess extends Omit<RunningProxy, "failures" | "stop"> {
  /** Its output so far. */
  stderr(): string;
  /** Its peak memory in bytes, or 0 if it is unknown. */
  peak(): number;
  /** Closes the proxy. Returns the exit status of the process. */
  stop(): Promise<number | null>;
}

/**
 * Starts a proxy of an Alta in its own process, and waits until it listens.
 * @param limit how many files and connections the process may open.
 */
export async function proxyProcess(baseUrl: string, limit?: number): Promise<ProxyProcess> {
  const env = { ...process.env, ALTA: JSON.stringify({ baseUrl, credentials: account, loginBudget: NO_LIMIT }) };
  const words: [string, ...string[]] = [process.execPath, PROGRAM];
  const [program, ...args] = limit === undefined ? words : ["sh", "-c", `ulimit -n ${limit}; exec "$0" "$@"`, ...words];
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit") as Promise<[number | null]>;
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const line = await Promise.race([
    once(createInterface(child.stdout), "line").then(([text]) => String(text)),
    exited.then(([code]) => Promise.reject(new Error(`It ended with ${code}: ${stderr}`))),
  ]);
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  return {
    ...addressOf(url, token),
    stderr: () => stderr,
    peak() {
      if (process.platform !== "linux") return 0;
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) * 1024;
    },
    async stop() {
      child.kill("SIGINT");
      return (await exited)[0];
    },
  };
}

/** An Alta with routes of the test, behind a proxy in its own process. */
export async function proxiedByProcess(): Promise<{ at: Vendor; proxy: ProxyProcess }> {
  const at = await vendor({ account });
  return { at, proxy: await proxyProcess(at.baseUrl) };
}
