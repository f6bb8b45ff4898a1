import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { environment, home, vmsCommand } from "../support/run-vms.ts";

/** A profile as in the configuration file. */
export interface TestProfile {
  readonly vendor: string;
  readonly username: string;
  readonly url: string;
  readonly ca?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** `vms proxy` in its own process. */
export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  /** The header that callers send. */
  readonly bearer: { readonly authorization: string };
  /** Its output so far. */
  stderr(): string;
  /** Its peak memory in bytes; 0 if the system does not tell. */
  peak(): number;
  /** Ends it with Ctrl-C. */
  stop(): Promise<number | null>;
}

/** Creates a home with one profile, `made`. */
export async function homeWith(profile: TestProfile): Promise<string> {
  const path = await home();
  await writeFile(join(path, "config.json"), JSON.stringify({ profiles: { made: profile } }), { mode: 0o600 });
  return path;
}

/** Starts a proxy of the profile `made`, and waits until it listens. */
export async function running(
  profile: TestProfile,
  password: string | undefined,
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<RunningProxy> {
  const prefix = `VMS_${profile.vendor.toUpperCase().replaceAll("-", "_")}`;
  const path = await homeWith(profile);
  const env = environment(path, { ...(password === undefined ? {} : { [`${prefix}_PASSWORD`]: password }), ...more });
  const [program, ...first] = vmsCommand;
  const child = spawn(program, [...first, "proxy", "made", "--json", ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
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
    exited.then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${stderr}`))),
  ]);
  const { url, token = "" } = JSON.parse(line) as { url: string; token?: string };
  const pid = child.pid ?? 0;
  return {
    url,
    port: Number(new URL(url).port),
    token,
    pid,
    bearer: { authorization: `Bearer ${token}` },
    stderr: () => stderr,
    peak() {
      if (process.platform !== "linux") return 0;
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
    },
    async stop() {
      child.kill("SIGINT");
      return (await exited)[0];
    },
  };
}
