import type { SessionRecord } from "../contract/session-record.ts";

/** A time that never comes. */
export const NEVER: number = Number.POSITIVE_INFINITY;

/** Returns when a renewal is due, in ms since the epoch. A window of more than half the lifetime would renew all the time. */
export function renewalTime(record: SessionRecord, renewBefore: number | undefined): number {
  const end = record.expiresAt ?? record.expiresHint;
  if (end === undefined || end <= record.issuedAt) return NEVER;
  const lifetime = end - record.issuedAt;
  return end - Math.min(renewBefore ?? Math.min(120_000, lifetime / 10), lifetime / 2);
}
