import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { environment, home, startVms, vmsCommand } from "../support/run-vms.ts";

/** A profile as in the configuration file. */
export interface TestProfile {
  readonly vendor: string;
  readonly username: string;
  readonly url: string;
  readonly ca?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A running `vms proxy`. */
export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** The header that callers send. */
  readonly bearer: { readonly authorization: string };
  /** Its output so far. */
  stderr(): string;
  /** Ends it with Ctrl-C. */
  stop(): Promise<number | null>;
}

/** Creates a home with one profile, `made`. */
export async function homeWith(profile: TestProfile): Promise<string> {
  const path = await home();
  await writeFile(join(path, "config.json"), JSON.stringify({ profiles: { made: profile } }), { mode: 0o600 });
  return path;
}

/** Starts a proxy of the profile `made` in this process, and waits until it listens. */
export async function running(
  profile: TestProfile,
  password: string | undefined,
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<RunningProxy> {
  const env = await environmentOf(profile, password, more);
  const { prints, stdout, stderr, signal, ended } = startVms(["proxy", "made", "--json", ...args], env);
  await prints(/\n/);
  return {
    ...addressIn(stdout()),
    stderr,
    stop() {
      signal("SIGINT");
      return ended;
    },
  };
}

/** Starts a proxy of the profile `made` in its own process, and waits until it listens. */
export async function proxyProcess(profile: TestProfile, password: string | undefined): Promise<RunningProxy> {
  const env = await environmentOf(profile, password, {});
  const [program, ...first] = vmsCommand;
  const child = spawn(program, [...first, "proxy", "made", "--json"], { env, stdio: ["ignore", "pipe", "pipe"] });
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
  return {
    ...addressIn(line),
    stderr: () => stderr,
    async stop() {
      child.kill("SIGINT");
      return (await exited)[0];
    },
  };
}

async function environmentOf(
  profile: TestProfile,
  password: string | undefined,
  more: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const prefix = `VMS_${profile.vendor.toUpperCase().replaceAll("-", "_")}`;
  const path = await homeWith(profile);
  return environment(path, { ...(password === undefined ? {} : { [`${prefix}_PASSWORD`]: password }), ...more });
}

function addressIn(line: string): Pick<RunningProxy, "url" | "port" | "token" | "bearer"> {
  const { url, token = "" } = JSON.parse(line) as { url: string; token?: string };
  return { url, port: Number(new URL(url).port), token, bearer: { authorization: `Bearer ${token}` } };
}
