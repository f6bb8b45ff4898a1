import type { World } from "./world.ts";

/** The number of renewals in each interval, and their mean. */
export function renewalCounts({ plan, vendor }: World): { readonly counts: readonly number[]; readonly mean: number } {
  const { renewals } = vendor.ledger;
  const counts = Array.from({ length: Math.ceil(plan.duration / plan.renewalsCountedBy) }, () => 0);
  for (const at of renewals) {
    const index = Math.floor(at / plan.renewalsCountedBy);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return { counts, mean: renewals.length / counts.length };
}

/** The maximum number of these times within any minute. */
export function mostInAnyMinute(times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [last, at] of times.entries()) {
    while (at - (times[first] ?? at) >= 60_000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Counts how often each text occurs. */
export function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of [...texts].sort()) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
