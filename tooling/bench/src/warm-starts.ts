import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import { redisStore } from "@vms/redis";
import { must } from "@vms-tooling/pack/run";
import { startRedis } from "@vms-tooling/testing/redis-server";
import { createClient } from "redis";
import { quick } from "./behavior.ts";
import { createBenchSession } from "./clients/session.ts";
import { loadNow } from "./machine.ts";
import { table } from "./markdown.ts";
import { type Spread, shuffled, spreadOf } from "./statistics.ts";
import type { Vendor } from "./vendor.ts";

/** The input of a new process. */
export interface WarmStartOrders {
  /** Where its session is. `known token`: no session, and the call carries a known token. */
  readonly store: "file" | "redis" | "none" | "known token";
  readonly base: string;
  readonly directory: string;
  readonly redis: string;
  readonly token: string;
}

/** The first call of a new process. */
export interface WarmStart {
  /** From the creation of the session to the response, in ms. A Redis client is connected before. */
  readonly fromSession: number;
  /** From the start of the process to the response, in ms. */
  readonly fromStart: number;
  /** The store operations, in order. */
  readonly asked: readonly string[];
}

/** The first calls of one kind of process. */
interface WarmStartCase {
  readonly fromSession: Spread;
  readonly fromStart: Spread;
  /** How much earlier than in a process without a session the response arrives, from the session's creation, in ms. */
  readonly saved: Spread;
  readonly logins: number;
  readonly asked: readonly string[];
}

export interface WarmStarts {
  readonly rounds: number;
  /** The vendor's latency, in ms. */
  readonly away: number;
  /** The load average at the end, which affects these times more than the CPU time of a call. */
  readonly load: number;
  readonly cases: Readonly<Record<WarmStartName, WarmStartCase>>;
}

export const warmStartNames = [
  "a known token, by hand",
  "a session in a file",
  "a session in Redis",
  "no session, an empty file store",
  "no session, no store",
] as const;
type WarmStartName = (typeof warmStartNames)[number];
const COLD: WarmStartName = "no session, no store";

/** Starts new processes in turns, which make one call each to a vendor with latency. */
export async function measureWarmStarts(vendor: Vendor, rounds: number, away: number): Promise<WarmStarts> {
  const root = mkdtempSync(join(tmpdir(), "vms-bench-"));
  await using redis = await startRedis();
  const client = await createClient({ url: redis.url })
    .on("error", () => {})
    .connect();
  try {
    await vendor.behave(quick);
    const directory = join(root, "live");
    for (const store of [fileStore({ directory }), redisStore(client)]) await signIn(vendor.base, store);
    const login = await fetch(`${vendor.base}login`, { method: "POST" });
    const { token } = (await login.json()) as { token: string };
    const orders = { base: vendor.base, directory, redis: redis.url, token };
    await vendor.behave({ ...quick, away });
    const places: Record<WarmStartName, Pick<WarmStartOrders, "store"> & { isEmpty?: true }> = {
      "a known token, by hand": { store: "known token" },
      "a session in a file": { store: "file" },
      "a session in Redis": { store: "redis" },
      "no session, an empty file store": { store: "file", isEmpty: true },
      "no session, no store": { store: "none" },
    };
    const seen = new Map(warmStartNames.map((name) => [name, { starts: [] as WarmStart[], logins: 0 }]));
    // The first of many rounds fills the file cache and does not count.
    for (let round = rounds > 1 ? -1 : 0; round < rounds; round++) {
      for (const name of shuffled(warmStartNames)) {
        const { isEmpty, ...place } = places[name];
        const own = isEmpty ? { directory: mkdtempSync(join(root, "empty-")) } : {};
        await vendor.counts();
        const start = await inNewProcess({ ...orders, ...place, ...own });
        const { logins } = await vendor.counts();
        const results = seen.get(name);
        if (results === undefined || round < 0) continue;
        results.starts.push(start);
        results.logins = Math.max(results.logins, logins);
      }
    }
    const cold = seen.get(COLD)?.starts ?? [];
    const cases = [...seen].map(([name, { starts, logins }]) => {
      const spread = (of: "fromSession" | "fromStart") => spreadOf(starts.map((start) => start[of]));
      const longest = starts.map(({ asked }) => asked).toSorted((a, b) => b.length - a.length)[0] ?? [];
      // The median of the differences of the rounds, so that what slows a whole round cancels out.
      const saved = spreadOf(
        starts.map(({ fromSession }, round) => (cold[round]?.fromSession ?? Number.NaN) - fromSession),
      );
      const times = { fromSession: spread("fromSession"), fromStart: spread("fromStart"), saved };
      return [name, { ...times, logins, asked: longest }];
    });
    return { rounds, away, load: loadNow(), cases: Object.fromEntries(cases) };
  } finally {
    await vendor.behave(quick);
    client.destroy();
    rmSync(root, { recursive: true, force: true });
  }
}

async function signIn(base: string, store: SessionStore): Promise<void> {
  await createBenchSession(base, undefined, store).login();
}

async function inNewProcess(orders: WarmStartOrders): Promise<WarmStart> {
  const program = join(import.meta.dirname, "warm-start-child.ts");
  return JSON.parse(await must(process.execPath, [program, JSON.stringify(orders)]));
}

export function warmStartsSection({ rounds, away, load, cases }: WarmStarts): string {
  const rows = warmStartNames.map((name) => {
    const { fromSession, fromStart, logins, asked } = cases[name];
    const times = [fromSession, fromStart].flatMap(({ median, low, high }) => [
      median.toFixed(0),
      `${low.toFixed(0)} to ${high.toFixed(0)}`,
    ]);
    return [name, ...times, String(logins), asked.map((one) => `\`${one}\``).join(", ")];
  });
  const goals = (["a session in a file", "a session in Redis"] as const).map((name) => {
    const { asked, saved, logins } = cases[name];
    const isMet = saved.median >= away && logins === 0 && asked.join() === "get";
    const spread = `${saved.low.toFixed(0)} to ${saved.high.toFixed(0)}`;
    return [`${name} saves`, `${saved.median.toFixed(0)} ms`, spread, `${away} ms`, isMet ? "yes" : "no"];
  });
  return `## A warm start

A new process makes its first call to a vendor that delays each response by ${away} ms. The table shows the time to the first response in ms, from the
creation of the session and from the start of the process (medians of ${rounds} rounds, with 10% and 90%), the maximum number of logins, and the store
operations. The Redis client connects before the session is created. "By hand" loads Node's \`fetch\` during the call, and a session loads it before the call.
The load average was ${load.toFixed(1)} at the end; a busy machine increases all of these times.

${table(["the new process has", "from the session", "10 to 90%", "from the start", "10 to 90%", "logins", "store operations"], rows)}

A process that finds a live session skips the login, which takes at least one response of the vendor. It reads the store once, without a lock,
and writes nothing. The median difference from "${COLD}" in the same round, measured from the creation of the session:

${table(["process", "measured", "10 to 90%", "goal, at least", "met"], goals)}`;
}
