import type { SessionRecord } from "../contract/session-record.ts";

/** Later than any time. */
export const NEVER: number = Number.POSITIVE_INFINITY;

/** When a renewal is due, in ms since the epoch. At most half of the lifetime: a longer window would renew without end. */
export function renewalTime(record: SessionRecord, renewBefore: number | undefined): number {
  const end = record.expiresAt ?? record.expiresHint;
  if (end === undefined || end <= record.issuedAt) return NEVER;
  const lifetime = end - record.issuedAt;
  return end - Math.min(renewBefore ?? Math.min(120_000, lifetime / 10), lifetime / 2);
}
