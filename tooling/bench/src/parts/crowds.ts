import { behind } from "../behind.ts";
import type { Memory } from "../memory.ts";
import type { Crowd } from "../sessions.ts";
import { kilobytes, table } from "../table.ts";

export function memoryPart({ clients, heap }: Memory): string {
  const rows = Object.entries(heap).map(([name, bytes]) => [`\`${name}\``, kilobytes(bytes, 1)]);
  const ratio = (one: string, other: string) => (heap[one] ?? Number.NaN) / (heap[other] ?? Number.NaN);
  return `## The memory of a session

${clients} clients in one process, each signed in and used once. KB of heap per client.

${table(["program", "KB"], rows)}

${behind("memory", ratio, 0.02)}`;
}

export function crowdsPart(crowds: readonly Crowd[]): string {
  const rows = crowds.map(({ sessions, idle, signedIn, added }) => [
    sessions.toLocaleString("en"),
    // Of one alone it says nothing, as what all share weighs more.
    ...(sessions === 1 ? ["", ""] : [kilobytes(idle, 1), kilobytes(signedIn, 1)]),
    added.toFixed(2),
  ]);
  return `## Many sessions

So many sessions in one process, over a \`fetch\` that answers by itself: the heap of each, and the CPU that a call on one of them,
whichever, costs beyond that \`fetch\`. Each size in processes of its own, which take turns; medians. It grows because the parts
of so many sessions do not fit into the processor's cache.

${table(["sessions", "made, KB each", "signed in, KB each", "added to a call, µs"], rows)}`;
}
