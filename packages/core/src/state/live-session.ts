import type { Flow } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { type PreparedCredential, prepareCredential } from "./prepared-credential.ts";
import { NEVER, renewalTime } from "./renewal-time.ts";

/** A record in use. Each login, renewal and rotation makes a new one, so that its identity is its generation. */
export interface LiveSession<Data, User> {
  readonly record: SessionRecord<Data, User>;
  readonly credential: PreparedCredential;
  /** Shared by all that came of one login by rotation or prolonging. */
  readonly lineage: symbol;
  /** The absolute end in ms since the epoch, or `Infinity`. */
  readonly expiresAt: number;
  /** How long it lives after its last use in ms, or `Infinity`. */
  readonly idleTimeout: number;
  /** When a request was last sent with it. */
  usedAt: number;
  /** Whether the store holds it, as far as is known. */
  stored: boolean;
  /** From when on the store is to be told of a use, or given a record that it failed to take. */
  saveFrom: number;
  /** From when on a renewal is due, or `Infinity`. */
  renewFrom: number;
}

/** Puts a record to use. */
export function createLiveSession<Data, User>(
  flow: Flow<Data, User>,
  record: SessionRecord<Data, User>,
  settings: Settings,
  lineage: symbol = Symbol(),
): LiveSession<Data, User> {
  const { issuedAt, usedAt = issuedAt, expiresAt: endsAt = NEVER, idleTimeout: idle = NEVER } = record;
  return {
    record,
    credential: prepareCredential(flow, record, settings.userAgent),
    lineage,
    expiresAt: endsAt,
    idleTimeout: idle,
    usedAt,
    stored: true,
    saveFrom: usedAt + idle / 10,
    renewFrom: renewalTime(record, settings.renewBefore),
  };
}

/** Whether it is over: at its absolute end, or by lying idle. */
export function hasExpired(live: LiveSession<unknown, unknown>, now: number): boolean {
  return now >= live.expiresAt || now - live.usedAt >= live.idleTimeout;
}
