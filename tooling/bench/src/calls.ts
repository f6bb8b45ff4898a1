import { quick } from "./behavior.ts";
import { comparison, type Reasons } from "./comparison.ts";
import { contenders, openClient } from "./contenders.ts";
import { table, times } from "./markdown.ts";
import { ratioOf, type Spread, shuffled, spreadOf } from "./statistics.ts";
import type { Vendor } from "./vendor.ts";

/** The CPU of a call, by the name of a contender. */
export interface Calls {
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly atOnce: number;
  /** CPU per call in µs. */
  readonly cpu: Readonly<Record<string, Spread>>;
  /** The ratio of two contenders: `ratios[one][other]`. */
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A second bare fetch in each round: its difference from the first is the noise. */
export const NOISE = "bare fetch, again";
/** The same bytes that a session sends: with its user agent and `redirect: "manual"`. */
export const SAME_REQUEST = "bare fetch, the same request";

/** `session.fetch` of a flow that signs each request: digest with MD5. */
export const SIGNED = "session.fetch, signed by digest";

// In a round each case has several short turns, so a short disturbance of the machine affects all cases alike. It has enough
// calls that each case pays for its own garbage, which is collected every few hundred calls.
const TURNS = 5;
const CALLS_PER_TURN = 100;
// Several concurrent calls, as on a server. With one call at a time, most of the time is waking up.
const AT_ONCE = 10;
const WARM_UP = 3;

/**
 * Measures the CPU per call on a live session, over loopback. Each turn runs all cases in a random order.
 * @param only the names of the cases. Default: all.
 */
export async function measureCalls(
  vendor: Vendor,
  rounds: number,
  { turns = TURNS, only }: { readonly turns?: number; readonly only?: readonly string[] } = {},
): Promise<Calls> {
  const wants = (name: string) => only?.includes(name) ?? true;
  await vendor.behave(quick);
  // Before anything loads undici: the first copy sends for the global fetch.
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
    "Node's `fetch` costs more than its `http`, which those send through, and a session adds little to it. If CPU counts, use `nodeFetch()` or `sessionInterceptor`.",
  "session.http":
    "It is ky, which makes a `Request` of each call and a copy of that for its retries. `session.fetch` does without; if CPU counts, use `nodeFetch()` or `sessionInterceptor`.",
  sessionInterceptor: "It is `undici.request` with the interceptor's share, see above.",
  "session.fetch on nodeFetch": "It makes a `Response` for each call, over undici.",
  "session.http on nodeFetch": "It is ky, which makes a `Request` of each call and a copy of that for its retries.",
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

On a live session, over loopback: ${rounds} rounds of ${callsPerRound} calls each, ${atOnce} at once; in each round all take turns, five
each. µs of CPU of the client's process per call, the answer parsed; the ratio is the median of the rounds' own ratios.
The bare fetch stands twice: the distance of the two is the noise.

${table(["program", "median", "10 %", "90 %", "to `bare fetch`"], rows)}

What a session adds to what it is built on:

${table(["", "measured", "goal, at most", "met"], aims)}
${beyondReach(ratio)}
${comparison(callReasons, ratio, Math.max(0.02, noise))}`;
}

/** Says which goals the programs below ours miss themselves, so that nothing on top of them can reach these goals. */
function beyondReach(ratio: (one: string, other: string) => number): string {
  const [below, base] = ["bare undici.request", "bare fetch"];
  const [, , goal = 0] = goals.find(([ours, to]) => ours === "sessionInterceptor" && to === base) ?? [];
  const is = ratio(below, base);
  if (!(is > goal)) return "";
  return `
\`${below}\` alone takes ${times(is)} of \`${base}\`: no interceptor can reach ${times(goal)} on top of it.
`;
}
