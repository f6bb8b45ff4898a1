import type { SessionRecord } from "../contract/session-record.ts";
import type { Clock } from "../util/clock.ts";

/** A time that never comes. */
export const NEVER: number = Number.POSITIVE_INFINITY;

/** Returns when a renewal is due, in ms since the epoch. A window of more than half the lifetime would renew all the time. */
export function renewalTime(record: SessionRecord, renewBefore: number | undefined): number {
  const end = record.expiresAt ?? record.expiresHint;
  if (end === undefined || end <= record.issuedAt) return NEVER;
  const lifetime = end - record.issuedAt;
  return end - Math.min(renewBefore ?? Math.min(120_000, lifetime / 10), lifetime / 2);
}

/**
 * Guarantee 6: postpones the next renewal after a failed one. The delay doubles from 1 s to 60 s, with jitter.
 * @returns when the next renewal is due, in ms since the epoch; `undefined` if there is none.
 */
export function postponeRenewal(live: { renewFrom: number; failedRenewals: number }, clock: Clock): number | undefined {
  const delay = Math.min(60_000, 1_000 * 2 ** Math.min(live.failedRenewals++, 10)) * (0.5 + clock.random() / 2);
  live.renewFrom = Math.max(live.renewFrom, clock.now() + delay);
  return Number.isFinite(live.renewFrom) ? live.renewFrom : undefined;
}
