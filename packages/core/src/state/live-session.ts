import type { Flow } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { type PreparedCredential, prepareCredential } from "./prepared-credential.ts";

/** A signed-in session in use. Each login, renewal and rotation creates a new object, so that objects can be compared. */
export interface LiveSession<Data, User> {
  readonly kind: "live";
  readonly record: SessionRecord<Data, User>;
  readonly credential: PreparedCredential;
  /** Shared by all live sessions that came from one login, by rotation or extension. */
  readonly lineage: symbol;
  /** When it expires, in ms since the epoch, or `Infinity`. */
  readonly expiresAt: number;
  /** How long it lives after its last use, in ms, or `Infinity`. */
  readonly idleTimeout: number;
  /** When the last request was sent with it, in ms since the epoch. */
  usedAt: number;
  /** Whether the store has it, as far as is known. */
  stored: boolean;
  /** When the next use is saved in the store, in ms since the epoch. */
  saveFrom: number;
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
  lineage: symbol = Symbol(),
): FreshSession<Data, User> {
  const { issuedAt, usedAt = issuedAt, expiresAt = NEVER, idleTimeout = NEVER } = record;
  return {
    kind: "live",
    record,
    credential: prepareCredential(flow, record, settings.userAgent),
    lineage,
    expiresAt,
    idleTimeout,
    usedAt,
    stored: true,
    saveFrom: usedAt + idleTimeout / 10,
    renewFrom: renewalTime(record, settings.renewBefore),
    renewal: undefined,
    failedRenewals: 0,
  };
}

/** A time that never comes. */
export const NEVER: number = Number.POSITIVE_INFINITY;

/** Returns when a renewal is due, in ms since the epoch. A window of more than half the lifetime would renew all the time. */
function renewalTime(record: SessionRecord, renewBefore: number | undefined): number {
  const end = record.expiresAt ?? record.expiresHint;
  if (end === undefined || end <= record.issuedAt) return NEVER;
  const lifetime = end - record.issuedAt;
  return end - Math.min(renewBefore ?? Math.min(120_000, lifetime / 10), lifetime / 2);
}
