import type { Flow } from "../contract/flow/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../util/clock.ts";
import { type CallsInFlight, callsInFlight } from "./calls-in-flight.ts";
import { type PreparedCredential, prepareCredential } from "./prepared-credential.ts";
import { NEVER, renewalTime } from "./renewal-time.ts";

/** Each login, renewal and rotation creates a new object, so identity tells them apart. */
export interface LiveSession<Data, User> {
  readonly kind: "live";
  readonly record: SessionRecord<Data, User>;
  readonly credential: PreparedCredential;
  /** Shared by all live sessions of one login, across rotations and extensions. */
  readonly lineage: CallsInFlight;
  readonly extensions: number;
  /** In ms since the epoch, or `Infinity`. */
  readonly expiresAt: number;
  /** The lifetime after the last use, in ms, if limited. */
  readonly idleTimeout: number | undefined;
  /** The last request, in ms since the epoch. */
  usedAt: number;
  /** `usedAt` in ms of elapsed time, if this process sent the request. */
  usedElapsed: number | undefined;
  /** The last accepted call of this session or the one it was rotated from, in ms of elapsed time. */
  acceptedAt: number | undefined;
  /** Whether it came from the store or from cookies. */
  adopted: boolean;
  /** Whether a call resent with it was rejected. */
  unhelpful: boolean;
  /** Whether the store is known to have it. */
  stored: boolean;
  /** When to save the next use, in ms since the epoch. `undefined`: never. */
  saveFrom: number | undefined;
  /** When a renewal is due, in ms since the epoch, or `Infinity`. */
  renewFrom: number;
  renewal: Renewal | undefined;
  /** Failed renewals in a row. */
  failedRenewals: number;
}

interface Renewal {
  readonly kind: "signing-in";
}

/** A live session that is not being renewed. */
export type FreshSession<Data, User> = LiveSession<Data, User> & { renewal: undefined };

export function createLiveSession<Data, User>(
  flow: Flow<Data, User>,
  record: SessionRecord<Data, User>,
  settings: Settings,
  lineage: CallsInFlight = callsInFlight(),
): FreshSession<Data, User> {
  const { issuedAt, usedAt = issuedAt, expiresAt = NEVER, idleTimeout } = record;
  return {
    kind: "live",
    record,
    credential: prepareCredential(flow, record, settings.userAgent),
    lineage,
    extensions: lineage.extensions,
    expiresAt,
    idleTimeout,
    usedAt,
    usedElapsed: undefined,
    acceptedAt: undefined,
    adopted: false,
    unhelpful: false,
    stored: true,
    saveFrom: idleTimeout === undefined ? undefined : usedAt + idleTimeout / 10,
    renewFrom: renewalTime(record, settings.renewBefore),
    renewal: undefined,
    failedRenewals: 0,
  };
}

/** Guarantee 8: records that a request is sent now. */
export function noteUse(live: LiveSession<unknown, unknown>, clock: Clock): void {
  live.usedAt = clock.now();
  live.usedElapsed = clock.elapsed();
}

export function mustRenew(live: LiveSession<unknown, unknown>, now: number): boolean {
  return now >= live.expiresAt || now - live.usedAt >= (live.idleTimeout ?? NEVER);
}

/**
 * Guarantee 7: a session that appears expired on arrival, as with a wrong clock, is used until the vendor rejects it.
 * @returns whether this applies.
 */
export function useUntilRejected(live: LiveSession<unknown, unknown>, now: number): boolean {
  if (!mustRenew(live, now)) return false;
  Object.assign(live, { expiresAt: NEVER, renewFrom: NEVER, usedAt: now });
  return true;
}

export function shouldRenew(live: LiveSession<unknown, unknown>, now: number): boolean {
  return now >= live.renewFrom && live.renewal === undefined;
}
