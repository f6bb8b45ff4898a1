import type { Clock } from "../util/clock.ts";
import type { LiveSession } from "./live-session.ts";

/** Returns whether a session cannot be used any longer, because it has expired or was idle for too long. */
export function mustRenew(live: LiveSession<unknown, unknown>, now: number): boolean {
  return now >= live.expiresAt || now - live.usedAt >= live.idleTimeout;
}

/** Returns whether a session should be renewed in the background while it is used. */
export function shouldRenew(live: LiveSession<unknown, unknown>, now: number): boolean {
  return now >= live.renewFrom && live.renewal === undefined;
}

/**
 * Guarantee 6: postpones the next renewal after a failed one. The delay doubles from 1 s to 60 s, with jitter.
 * @returns when the next renewal is due, in ms since the epoch; `undefined` if there is none.
 */
export function postponeRenewal(live: LiveSession<unknown, unknown>, clock: Clock): number | undefined {
  const delay = Math.min(60_000, 1_000 * 2 ** Math.min(live.failedRenewals++, 10)) * (0.5 + clock.random() / 2);
  live.renewFrom = Math.max(live.renewFrom, clock.now() + delay);
  return Number.isFinite(live.renewFrom) ? live.renewFrom : undefined;
}
