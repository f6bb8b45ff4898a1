import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { LoadOrder } from "./load-child.ts";
import { COOKIE } from "./loads.ts";

/** A process that handles the load. */
interface Way {
  readonly pid: number;
  readonly port: number;
  /** The header that authenticates the load. */
  readonly credential: LoadOrder["credential"];
}

/** The processes of a run. */
export interface Processes extends AsyncDisposable {
  /** By name. The first is the vendor itself. */
  readonly ways: Readonly<Record<WayName, Way>>;
  /** Sends a load to a process, and returns the time that it took, in ms. */
  send(way: Way, load: LoadOrder["load"]): Promise<number>;
}

export const WAYS = ["no proxy", "bare Node proxy", "vms proxy", "bare Node proxy, again"] as const;

export type WayName = (typeof WAYS)[number];

/** The built `vms`, as users run it. */
const BIN = join(import.meta.dirname, "../../../../packages/cli/dist/bin.cjs");

/** @param execArgv options of Node for `vms proxy`, for example to profile it. */
export async function startProcesses(execArgv: readonly string[] = []): Promise<Processes> {
  const own: (() => Promise<unknown>)[] = [];
  const end = async () => {
    for (const stop of own.toReversed()) await stop();
  };
  try {
    const start = async (file: string, ...args: string[]) => {
      const child = fork(new URL(file, import.meta.url), args, { stdio: "inherit", execArgv: [] });
      own.push(() => ended(child, () => child.disconnect()));
      return { child, said: await said<unknown>(child) };
    };
    const bare = async (file: string, ...args: string[]): Promise<Way> => {
      const { child, said } = await start(file, ...args);
      return { pid: child.pid ?? 0, port: Number(said), credential: ["cookie", COOKIE] };
    };
    const vendor = await bare("vendor-child.ts");
    const ways = {
      "no proxy": vendor,
      "bare Node proxy": await bare("bare-proxy-child.ts", String(vendor.port)),
      "vms proxy": await startVms(vendor.port, execArgv, own),
      "bare Node proxy, again": await bare("bare-proxy-child.ts", String(vendor.port)),
    };
    const { child: load } = await start("load-child.ts");
    return {
      ways,
      async send({ port, credential }, what) {
        const answer = said<{ ms: number; failure?: string }>(load);
        load.send({ port, credential, load: what } satisfies LoadOrder);
        const { ms, failure } = await answer;
        if (failure !== undefined) throw new Error(failure);
        return ms;
      },
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Starts `vms proxy` with a profile of the vendor. The first request signs in. */
async function startVms(vendor: number, execArgv: readonly string[], own: (() => Promise<unknown>)[]): Promise<Way> {
  const home = mkdtempSync(join(tmpdir(), "vms-bench-"));
  own.push(async () => rmSync(home, { recursive: true, force: true }));
  const profile = { vendor: "alta", username: "bench", url: `http://127.0.0.1:${vendor}` };
  writeFileSync(join(home, "config.json"), JSON.stringify({ profiles: { bench: profile } }), { mode: 0o600 });
  const { PATH = "" } = process.env;
  // No keyring: the password is in an environment variable.
  const bus = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };
  const env = { PATH, HOME: home, VMS_HOME: home, VMS_ALTA_PASSWORD: "made-up-password", ...bus };
  const child = spawn(process.execPath, [...execArgv, BIN, "proxy", "bench", "--json"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  own.push(() => ended(child, () => child.kill("SIGINT")));
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text;
  });
  const gone = once(child, "exit").then(([code]) => Promise.reject(new Error(`vms ended with ${code}: ${errors}`)));
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), gone]);
  gone.catch(() => {});
  const { url, token } = JSON.parse(String(line)) as { url: string; token: string };
  return { pid: child.pid ?? 0, port: Number(new URL(url).port), credential: ["authorization", `Bearer ${token}`] };
}

async function ended(child: ChildProcess, stop: () => unknown): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  stop();
  await gone;
}

async function said<T>(child: ChildProcess): Promise<T> {
  const failed = new AbortController();
  const gone = once(child, "exit", failed).then(([code]) => Promise.reject(new Error(`a process ended with ${code}`)));
  try {
    const [message] = (await Promise.race([once(child, "message", failed), gone])) as [T];
    return message;
  } finally {
    gone.catch(() => {});
    failed.abort();
  }
}
