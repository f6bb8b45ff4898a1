import type { Flow } from "../contract/flow/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../util/clock.ts";
import { type CallsInFlight, callsInFlight } from "./calls-in-flight.ts";
import { type PreparedCredential, prepareCredential } from "./prepared-credential.ts";
import { NEVER, renewalTime } from "./renewal-time.ts";

/** A signed-in session in use. Each login, renewal and rotation creates a new object, so that objects can be compared. */
export interface LiveSession<Data, User> {
  readonly kind: "live";
  readonly record: SessionRecord<Data, User>;
  readonly credential: PreparedCredential;
  /** The calls of all live sessions that came from one login, by rotation or extension. They share this object. */
  readonly lineage: CallsInFlight;
  /** How often the session had been extended when it was created. */
  readonly extensions: number;
  /** When it expires, in ms since the epoch, or `Infinity`. */
  readonly expiresAt: number;
  /** How long it lives after its last use, in ms, if that is limited. */
  readonly idleTimeout: number | undefined;
  /** When the last request was sent with it, in ms since the epoch. */
  usedAt: number;
  /** The same in ms of elapsed time, if it was sent by this process. */
  usedElapsed: number | undefined;
  /** When the vendor last accepted a call with it or with the one that it was rotated from, in ms of elapsed time. */
  acceptedAt: number | undefined;
  /** Whether it came from the store or from cookies, and not from a login of this session object. */
  adopted: boolean;
  /** Whether a call that was sent again with it was rejected. */
  unhelpful: boolean;
  /** Whether the store has it, as far as is known. */
  stored: boolean;
  /** When the next use is saved in the store, in ms since the epoch. `undefined`: a use makes no difference. */
  saveFrom: number | undefined;
  /** When a renewal is due, in ms since the epoch, or `Infinity`. */
  renewFrom: number;
  /** The renewal in progress, if there is one. */
  renewal: Renewal | undefined;
  /** How many renewals have failed in a row. */
  failedRenewals: number;
}

/** A login or renewal in progress, as the state of a session sees it. */
interface Renewal {
  readonly kind: "signing-in";
}

/** A live session that is not being renewed. */
export type FreshSession<Data, User> = LiveSession<Data, User> & { renewal: undefined };

/** Creates a live session from a record. */
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

/** Guarantee 8: a request is sent with the session now. */
export function noteUse(live: LiveSession<unknown, unknown>, clock: Clock): void {
  live.usedAt = clock.now();
  live.usedElapsed = clock.elapsed();
}

/** Returns whether a session cannot be used any longer, because it has expired or was idle for too long. */
export function mustRenew(live: LiveSession<unknown, unknown>, now: number): boolean {
  return now >= live.expiresAt || now - live.usedAt >= (live.idleTimeout ?? NEVER);
}

/**
 * Guarantee 7: a session that appears expired when it arrives, for example because a clock is wrong, is used until the vendor
 * rejects it.
 * @returns whether it is such a session.
 */
export function useUntilRejected(live: LiveSession<unknown, unknown>, now: number): boolean {
  if (!mustRenew(live, now)) return false;
  Object.assign(live, { expiresAt: NEVER, renewFrom: NEVER, usedAt: now });
  return true;
}

/** Returns whether a session should be renewed in the background while it is used. */
export function shouldRenew(live: LiveSession<unknown, unknown>, now: number): boolean {
  return now >= live.renewFrom && live.renewal === undefined;
}
