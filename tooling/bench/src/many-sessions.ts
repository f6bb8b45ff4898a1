import { kilobytes, table } from "./markdown.ts";
import { inChild } from "./memory.ts";
import { shuffled, spreadOf } from "./statistics.ts";

/** Measurements of one process with many sessions. */
export interface ManySessions {
  /** How many sessions there are. */
  readonly sessions: number;
  /** The heap of one unused session, in bytes. */
  readonly idle: number;
  /** The heap of one signed-in session, in bytes. */
  readonly signedIn: number;
  /** The CPU of a call on a random session beyond that of its `fetch`, in µs. */
  readonly added: number;
}

export interface ManySessionsOrders {
  readonly sessions: number;
}

/** Measures each number of sessions in its own processes, which take turns. Returns medians. */
export async function measureManySessions(sizes: readonly number[], rounds: number): Promise<ManySessions[]> {
  const results = new Map<number, ManySessions[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round < rounds; round++) {
    for (const sessions of shuffled(sizes)) {
      const orders: ManySessionsOrders = { sessions };
      results.get(sessions)?.push(JSON.parse(await inChild("many-sessions-child.ts", orders)));
    }
  }
  return [...results].map(([sessions, all]) => {
    const median = (key: keyof ManySessions) => spreadOf(all.map((one) => one[key])).median;
    return { sessions, idle: median("idle"), signedIn: median("signedIn"), added: median("added") };
  });
}

export function manySessionsSection(sizes: readonly ManySessions[]): string {
  const rows = sizes.map(({ sessions, idle, signedIn, added }) => [
    sessions.toLocaleString("en"),
    // For one session this means nothing: the parts that all sessions share weigh more.
    ...(sessions === 1 ? ["", ""] : [kilobytes(idle, 1), kilobytes(signedIn, 1)]),
    added.toFixed(2),
  ]);
  return `## Many sessions

Many sessions in one process, over a \`fetch\` without a network: the heap of each, and the CPU that a call on a random one
costs in addition to that \`fetch\`. Each size runs in its own processes, which take turns; medians. It grows because the parts
of so many sessions do not fit into the processor's cache.

${table(["sessions", "made, KB each", "signed in, KB each", "added to a call, µs"], rows)}`;
}
