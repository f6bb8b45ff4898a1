import type { SessionRecord } from "./session-record.ts";

/** What a user may see of a live session. No secret is in it. */
export interface SessionInfo<User = unknown> {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /** The user name that signed in. */
  readonly account: string;
  /** Where calls go. */
  readonly baseUrl: string;
  /** When the login was sent, in ms since the epoch. */
  readonly issuedAt: number;
  /** The absolute end in ms since the epoch, where it is known. */
  readonly expiresAt?: number;
  /** How long the session lives after its last use, in ms, where it has an idle end. */
  readonly idleTimeout?: number;
  /** The vendor's user. */
  readonly user: User;
}

/** The part of a record that may be shown. */
export function infoOf<User>(record: SessionRecord<unknown, User>): SessionInfo<User> {
  return {
    vendor: record.vendor,
    account: record.account,
    baseUrl: record.baseUrl,
    issuedAt: record.issuedAt,
    ...(record.expiresAt === undefined ? {} : { expiresAt: record.expiresAt }),
    ...(record.idleTimeout === undefined ? {} : { idleTimeout: record.idleTimeout }),
    user: record.user,
  };
}
