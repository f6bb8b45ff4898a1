import { contenders, openClient } from "./contenders.ts";
import { quick } from "./manner.ts";
import { ratioOf, type Spread, shuffled, spreadOf } from "./numbers.ts";
import type { Vendor } from "./vendor.ts";

/** What a call costs, by the name of a contender. */
export interface Calls {
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly atOnce: number;
  /** CPU per call in µs. */
  readonly cpu: Readonly<Record<string, Spread>>;
  /** How often as much as the other: `ratios[one][other]`. */
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A bare fetch stands twice in each round: the distance of the two is the noise. */
export const NOISE = "bare fetch, once more";
/** What a session sends, byte by byte: with a user agent of its own, and redirects left to whoever asked. */
export const SAME_REQUEST = "bare fetch, the same request";

// A round gives each case several short turns, so that what disturbs the machine for a moment hits all alike; and enough
// calls in all that each pays for its own garbage, as that is collected every few hundred calls.
const TURNS = 5;
const CALLS_PER_TURN = 100;
// Some calls at once, as a server has them: one at a time, most of what is measured is waking up.
const AT_ONCE = 10;
const WARM_UP = 3;

/** CPU per call on a live session, over loopback. In each turn all cases run, in an order of its own. */
export async function measureCalls(vendor: Vendor, rounds: number): Promise<Calls> {
  await vendor.behave(quick);
  // Before anything loads undici: whichever copy comes first sends for the global fetch.
  await fetch(`${vendor.base}login`, { method: "POST" });
  const cases = new Map<string, () => Promise<unknown>>();
  for (const contender of contenders) {
    const client = await openClient(contender, vendor.base);
    cases.set(contender.name, () => client.call());
  }
  const { call } = await openClient({ module: "bare-fetch" }, vendor.base);
  cases.set(NOISE, call);
  cases.set(SAME_REQUEST, await sameRequest(vendor.base));

  const samples = new Map<string, number[]>([...cases.keys()].map((name) => [name, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    const used = new Map<string, number>();
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [name, call] of shuffled([...cases])) used.set(name, (used.get(name) ?? 0) + (await cpuOf(call)));
    }
    if (round >= 0) for (const [name, sum] of used) samples.get(name)?.push(sum / TURNS);
  }
  const all = [...samples];
  return {
    rounds,
    callsPerRound: TURNS * CALLS_PER_TURN,
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
