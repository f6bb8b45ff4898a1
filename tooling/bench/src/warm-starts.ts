import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import { redisStore } from "@vms/redis";
import { must } from "@vms-tooling/pack/run";
import { createClient } from "redis";
import { quick } from "./behavior.ts";
import { createBenchSession } from "./clients/session.ts";
import { loadNow } from "./machine.ts";
import { table } from "./markdown.ts";
import { startRedis } from "./redis-server.ts";
import { type Spread, shuffled, spreadOf } from "./statistics.ts";
import type { Vendor } from "./vendor.ts";

/** The order for a new process. */
export interface WarmStartOrders {
  /** Where its session may be. `known token`: it has no session, and sends the call with a known token. */
  readonly store: "file" | "redis" | "none" | "known token";
  readonly base: string;
  readonly directory: string;
  readonly redis: string;
  readonly token: string;
}

/** The first call of a new process. */
export interface WarmStart {
  /** From the session's creation to the answer, in ms. A client of Redis is connected by then. */
  readonly fromSession: number;
  /** From the start of the process to the answer, in ms. */
  readonly fromStart: number;
  /** What was asked of the store, in this order. */
  readonly asked: readonly string[];
}

/** The first calls of the processes of one kind. */
interface WarmStartCase {
  readonly fromSession: Spread;
  readonly fromStart: Spread;
  /** How much earlier its answer came, from the session's creation, than that of a process without a session, in ms. */
  readonly saved: Spread;
  readonly logins: number;
  readonly asked: readonly string[];
}

export interface WarmStarts {
  readonly rounds: number;
  /** How far away the vendor is, in ms. */
  readonly away: number;
  /** The load average at the end. These times depend on it more than the CPU of a call does. */
  readonly load: number;
  /** By name. */
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

/** Starts new processes in turns, which make one call each. The vendor is some way away. */
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
    // A first round of many only fills the file cache.
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
      // Round by round, then the median: what slows a whole round cancels out.
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

A new process makes its first call to a vendor that is ${away} ms away: each of its answers comes ${away} ms later, by a timer in the
vendor's process. ms to the first answer, from the session's creation, and from the start of the process. Medians of ${rounds} rounds
in which all take turns, with 10 % and 90 %; the most logins of a process, and what it asked of the store. A client of Redis is
connected before the session is created. By hand, Node's \`fetch\` is loaded by the call, and with a session before it.
The load average was ${load.toFixed(1)} at the end; a busy machine adds to all of these times.

${table(["the new process has", "from the session", "10 to 90 %", "from the start", "10 to 90 %", "logins", "asked of the store"], rows)}

A process that finds a live session saves the login, which takes at least one answer of the vendor. It reads the store once,
without a lock, and writes nothing. The difference to "${COLD}" in the same round, from the session's creation, as a median:

${table(["", "measured", "10 to 90 %", "goal, at least", "met"], goals)}`;
}
