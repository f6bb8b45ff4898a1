import { quick } from "./behavior.ts";
import { comparison, type Reasons } from "./comparison.ts";
import { contenders, openClient } from "./contenders.ts";
import { table, times } from "./markdown.ts";
import { ratioOf, type Spread, shuffled, spreadOf } from "./statistics.ts";
import type { Vendor } from "./vendor.ts";

/** The CPU time of a call, by contender. */
export interface Calls {
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly atOnce: number;
  /** CPU per call in µs. */
  readonly cpu: Readonly<Record<string, Spread>>;
  /** The ratio of two contenders: `ratios[one][other]`. */
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A second bare fetch in each round, whose difference from the first is the noise. */
export const NOISE = "bare fetch, again";
/** A bare fetch that sends the same bytes as a session, with its user agent and `redirect: "manual"`. */
export const SAME_REQUEST = "bare fetch, the same request";

/** `session.fetch` with a flow that signs each request by MD5 digest. */
export const SIGNED = "session.fetch, signed by digest";

// Each round gives every case several short turns, so that a disturbance affects all cases alike. A round has enough calls
// that each case pays for its own garbage, which is collected every few hundred calls.
const TURNS = 5;
const CALLS_PER_TURN = 100;
// Concurrent calls, as on a server. With one call at a time, waking up dominates.
const AT_ONCE = 10;
const WARM_UP = 3;

/**
 * Measures the CPU time per call on a live session over loopback. Each turn runs all cases in random order.
 * @param only the names of the cases. Default: all.
 */
export async function measureCalls(
  vendor: Vendor,
  rounds: number,
  { turns = TURNS, only }: { readonly turns?: number; readonly only?: readonly string[] } = {},
): Promise<Calls> {
  const wants = (name: string) => only?.includes(name) ?? true;
  await vendor.behave(quick);
  // Before anything loads undici: the global fetch uses the first copy that is loaded.
  await fetch(`${vendor.base}login`, { method: "POST" });
  const cases = new Map<string, () => Promise<unknown>>();
  for (const contender of contenders.filter(({ name }) => wants(name))) {
    const client = await openClient(contender, vendor.base);
    cases.set(contender.name, () => client.call());
  }
  if (wants(NOISE)) cases.set(NOISE, (await openClient({ module: "bare-fetch" }, vendor.base)).call);
  if (wants(SAME_REQUEST)) cases.set(SAME_REQUEST, await sameRequest(vendor.base));
  if (wants(SIGNED)) cases.set(SIGNED, (await openClient({ module: "session-digest" }, vendor.base)).call);

  const samples = new Map<string, number[]>([...cases.keys()].map((name) => [name, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    const used = new Map<string, number>();
    for (let turn = 0; turn < turns; turn++) {
      for (const [name, call] of shuffled([...cases])) used.set(name, (used.get(name) ?? 0) + (await cpuOf(call)));
    }
    if (round >= 0) for (const [name, sum] of used) samples.get(name)?.push(sum / turns);
  }
  const all = [...samples];
  return {
    rounds,
    callsPerRound: turns * CALLS_PER_TURN,
    atOnce: AT_ONCE,
    cpu: Object.fromEntries(all.map(([name, values]) => [name, spreadOf(values)])),
    ratios: Object.fromEntries(
      all.map(([one, mine]) => [one, Object.fromEntries(all.map(([other, its]) => [other, ratioOf(mine, its)]))]),
    ),
  };
}

async function cpuOf(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < CALLS_PER_TURN; n += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, call));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS_PER_TURN;
}

async function sameRequest(base: string): Promise<() => Promise<unknown>> {
  const login = await fetch(`${base}login`, { method: "POST" });
  const headers = { "user-agent": "vms-bench", authorization: `Bearer ${login.headers.get("x-token")}` };
  return async () => {
    const response = await fetch(`${base}zones`, { headers, redirect: "manual" });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
}

export const callReasons: Reasons = {
  "session.fetch":
    "Node's `fetch` costs more than `node:http`, which those programs use; the session itself adds little. If CPU matters, use `nodeFetch()` or `sessionInterceptor`.",
  "session.http":
    "It is ky, which creates a `Request` for each call and clones it for retries. If CPU matters, use `session.fetch`, `nodeFetch()` or `sessionInterceptor`.",
  sessionInterceptor: "It is `undici.request` plus the interceptor, see above.",
  "session.fetch on nodeFetch": "It creates a `Response` for each call, on top of undici.",
  "session.http on nodeFetch": "It is ky, which creates a `Request` for each call and clones it for retries.",
};

/** The largest allowed ratio of each pair. */
export const goals: readonly (readonly [ours: string, base: string, goal: number])[] = [
  ["session.fetch", "bare fetch", 1.05],
  ["session.fetch", SAME_REQUEST, 1.05],
  [SIGNED, "bare fetch", 1.15],
  ["session.http", "bare ky", 1.05],
  ["sessionInterceptor", "bare undici.request", 1.1],
  ["sessionInterceptor", "bare fetch", 0.45],
  ["session.fetch on nodeFetch", "bare fetch", 0.55],
  ["session.http on nodeFetch", "bare fetch", 1.15],
];

export function callsSection({ rounds, callsPerRound, atOnce, cpu, ratios }: Calls): string {
  const ratio = (one: string, other: string) => ratios[one]?.[other] ?? Number.NaN;
  const noise = Math.abs(ratio(NOISE, "bare fetch") - 1);
  const rows = Object.entries(cpu).map(([name, { median, low, high }]) => [
    [NOISE, SAME_REQUEST, SIGNED].includes(name) ? name : `\`${name}\``,
    ...[median, low, high].map((value) => value.toFixed(1)),
    times(ratio(name, "bare fetch")),
  ]);
  const aims = goals.map(([ours, base, goal]) => {
    const is = ratio(ours, base);
    return [`\`${ours}\` / \`${base}\``, times(is), times(goal), is <= goal ? "yes" : "no"];
  });
  return `## The CPU of a call

CPU time of the client's process per call in µs, including parsing the response, on a live session over loopback. Each of the ${rounds} rounds makes
${callsPerRound} calls per program, ${atOnce} at a time, and the programs take turns. A ratio is the median of the ratios of the rounds. The bare fetch is measured
twice; the difference is the noise.

${table(["program", "median", "10%", "90%", "to `bare fetch`"], rows)}

What a session adds to the client below it:

${table(["session / client", "measured", "goal, at most", "met"], aims)}
${beyondReach(ratio)}
${comparison(callReasons, ratio, Math.max(0.02, noise))}`;
}

/** Names a goal that the client below the session misses by itself. */
function beyondReach(ratio: (one: string, other: string) => number): string {
  const [below, base] = ["bare undici.request", "bare fetch"];
  const [, , goal = 0] = goals.find(([ours, to]) => ours === "sessionInterceptor" && to === base) ?? [];
  const is = ratio(below, base);
  if (!(is > goal)) return "";
  return `
\`${below}\` alone needs ${times(is)} of \`${base}\`, so no interceptor on top of it can reach ${times(goal)}.
`;
}
