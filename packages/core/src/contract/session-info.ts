import type { SessionRecord } from "./session-record.ts";

/** A live session's data without secrets. */
export interface SessionInfo<User = unknown> {
  readonly vendor: string;
  readonly account: string;
  readonly baseUrl: string;
  /** When the login was sent, in ms since the epoch. */
  readonly issuedAt: number;
  /** When the session expires, in ms since the epoch, if known. */
  readonly expiresAt?: number;
  /** Until when the session can be extended without a password after it expires, in ms since the epoch, if at all. */
  readonly extendableUntil?: number;
  /** How long the session lives after its last use, in ms, if it has an idle timeout. */
  readonly idleTimeout?: number;
  /** The vendor's description of the user. */
  readonly user: User;
}

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
