import { kilobytes, table } from "./markdown.ts";
import { inChild } from "./memory.ts";
import { shuffled, spreadOf } from "./statistics.ts";

/** Measurements of one process with many sessions. */
export interface ManySessions {
  /** The number of sessions. */
  readonly sessions: number;
  /** The heap per unused session, in bytes. */
  readonly idle: number;
  /** The heap per signed-in session, in bytes. */
  readonly signedIn: number;
  /** The CPU time that a call on a random session adds to its `fetch`, in µs. */
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
    // Meaningless for a single session: shared parts weigh more.
    ...(sessions === 1 ? ["", ""] : [kilobytes(idle, 1), kilobytes(signedIn, 1)]),
    added.toFixed(2),
  ]);
  return `## Many sessions

Many sessions in one process with a \`fetch\` that uses no network: the heap per session, and the CPU time that a call on a random session adds to
that \`fetch\`. Medians; each size runs in its own processes. The CPU time grows because so many sessions do not fit into the processor's cache.

${table(["sessions", "unused, KB each", "signed in, KB each", "added to a call, µs"], rows)}`;
}
