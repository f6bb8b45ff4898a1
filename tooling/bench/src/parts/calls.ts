import { behind } from "../behind.ts";
import { type Calls, NOISE, SAME_REQUEST } from "../calls.ts";
import { table, times } from "../table.ts";

/** What the two of a pair may differ by, at most. */
const goals: readonly (readonly [ours: string, base: string, goal: number])[] = [
  ["session.fetch", "bare fetch", 1.05],
  ["session.fetch", SAME_REQUEST, 1.05],
  ["session.http", "bare ky", 1.05],
  ["sessionInterceptor", "bare undici.request", 1.1],
  ["sessionInterceptor", "bare fetch", 0.5],
];

export function callsPart({ rounds, callsPerRound, atOnce, cpu, ratios }: Calls): string {
  const ratio = (one: string, other: string) => ratios[one]?.[other] ?? Number.NaN;
  const noise = Math.abs(ratio(NOISE, "bare fetch") - 1);
  const rows = Object.entries(cpu).map(([name, { median, low, high }]) => [
    name === NOISE || name === SAME_REQUEST ? name : `\`${name}\``,
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

${behind("calls", ratio, Math.max(0.02, noise))}`;
}
