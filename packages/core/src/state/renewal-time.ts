import type { SessionRecord } from "../contract/session-record.ts";
import type { Clock } from "../util/clock.ts";

/** Later than any time. */
export const NEVER: number = Number.POSITIVE_INFINITY;

// At most half of the lifetime is the window: a longer one would renew without end.
export function renewalTime(record: SessionRecord, renewBefore: number | undefined): number {
  const end = record.expiresAt ?? record.expiresHint;
  if (end === undefined || end <= record.issuedAt) return NEVER;
  const lifetime = end - record.issuedAt;
  return end - Math.min(renewBefore ?? Math.min(120_000, lifetime / 10), lifetime / 2);
}

/**
 * Law 6: puts off the next renewal of a live session after so many failed ones, twice as long each time, with jitter.
 * @returns from when on it is due (ms since the epoch); `undefined` where none is.
 */
export function postpone(live: { renewFrom: number }, failures: number, clock: Clock): number | undefined {
  const wait = Math.min(60_000, 1_000 * 2 ** Math.min(failures, 10)) * (0.5 + clock.random() / 2);
  live.renewFrom = Math.max(live.renewFrom, clock.now() + wait);
  return Number.isFinite(live.renewFrom) ? live.renewFrom : undefined;
}
