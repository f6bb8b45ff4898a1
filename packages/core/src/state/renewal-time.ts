import type { SessionRecord } from "../contract/session-record.ts";
import type { Clock } from "../util/clock.ts";

export const NEVER: number = Number.POSITIVE_INFINITY;

interface Renewable {
  readonly expiresAt: number;
  renewFrom: number;
  failedRenewals: number;
}

/** The latest renewal, as a part of the lifetime. The rest is time to renew. */
const LATEST = 0.98;

/**
 * Guarantee 19: draws after which part of its lifetime to renew a session. After a login it is in the second half,
 * because a fleet may have signed in at once. Later it is in the last tenth.
 */
export function drawRenewal(isRenewal: boolean, random: number): number {
  const earliest = isRenewal ? 0.9 : 0.5;
  return earliest + random * (LATEST - earliest);
}

/** In ms since the epoch. `renewBefore` is limited to half the lifetime: a longer one would renew all the time. */
export function renewalTime(record: SessionRecord, renewBefore: number | undefined): number {
  const { issuedAt, expiresAt, expiresHint, renewAfter = 0.9 } = record;
  const end = expiresAt ?? expiresHint;
  if (end === undefined || end <= issuedAt) return NEVER;
  const lifetime = end - issuedAt;
  if (renewBefore === undefined) return issuedAt + renewAfter * lifetime;
  return end - Math.min(renewBefore, lifetime / 2);
}

/** Postpones the next renewal if an extension did not move the expiry. */
export function postponeIfDue(live: Renewable, before: Renewable, clock: Clock): void {
  if (clock.now() < live.renewFrom) return;
  live.failedRenewals = before.failedRenewals;
  postponeRenewal(live, clock);
}

/** An outage begins with this many failures in a row. */
const OUTAGE = 3;

/**
 * Guarantee 6: postpones the renewal after a failure, by 1 s, doubling to 60 s, with jitter. In an outage it waits for
 * a random part of half the remaining time, so that a fleet does not renew at once after it.
 * @returns when the next renewal is due, in ms since the epoch; `undefined` if there is none.
 */
export function postponeRenewal(live: Renewable, clock: Clock): number | undefined {
  const backoff = Math.min(60_000, 1_000 * 2 ** Math.min(live.failedRenewals, 10)) * (0.5 + clock.random() / 2);
  const left = live.failedRenewals++ >= OUTAGE && Number.isFinite(live.expiresAt) ? live.expiresAt - clock.now() : 0;
  const delay = Math.max(backoff, clock.random() * (left / 2));
  live.renewFrom = Math.max(live.renewFrom, clock.now() + delay);
  return Number.isFinite(live.renewFrom) ? live.renewFrom : undefined;
}
