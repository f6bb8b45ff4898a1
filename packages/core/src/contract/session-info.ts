import type { SessionRecord } from "./session-record.ts";

/** What is known about a live session. It contains no secret. */
export interface SessionInfo<User = unknown> {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /** The user name that signed in. */
  readonly account: string;
  /** The base URL of calls. */
  readonly baseUrl: string;
  /** When the login was sent, in ms since the epoch. */
  readonly issuedAt: number;
  /** When the session expires, in ms since the epoch, if that is known. */
  readonly expiresAt?: number;
  /** Until when it can be extended after that without a password, in ms since the epoch, if the vendor allows it. */
  readonly extendableUntil?: number;
  /** How long the session lives after its last use, in ms, if it has an idle timeout. */
  readonly idleTimeout?: number;
  /** The user as the vendor describes it. */
  readonly user: User;
}

/** Returns the part of a record that contains no secret. */
export function infoOf<User>(record: SessionRecord<unknown, User>): SessionInfo<User> {
  return {
    vendor: record.vendor,
    account: record.account,
    baseUrl: record.baseUrl,
    issuedAt: record.issuedAt,
    ...(record.expiresAt === undefined ? {} : { expiresAt: record.expiresAt }),
    ...(record.extendableUntil === undefined ? {} : { extendableUntil: record.extendableUntil }),
    ...(record.idleTimeout === undefined ? {} : { idleTimeout: record.idleTimeout }),
    user: record.user,
  };
}
