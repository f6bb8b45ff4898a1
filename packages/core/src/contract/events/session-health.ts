import type { VmsErrorCode } from "../../errors/vms-error.ts";

/**
 * How a session is doing, for a status page or an alarm. It contains no secret, and reading it sends nothing. Times are in ms
 * since the epoch.
 */
export interface SessionHealth {
  /**
   * - `"signed_out"`: there is no session; the next call signs in.
   * - `"signing_in"`: a login is in progress.
   * - `"live"`: calls use a session.
   * - `"renewing"`: calls use a session, and its renewal is in progress.
   * - `"closed"`: `logout()` or `close()` was called.
   */
  readonly state: "signed_out" | "signing_in" | "live" | "renewing" | "closed";
  /** The user name, once it is known. */
  readonly account: string | undefined;
  /** When this session object last signed in at the vendor. `undefined`: not yet. */
  readonly lastLogin: number | undefined;
  /** When a call last used the live session. `undefined`: there is no live session. */
  readonly lastUse: number | undefined;
  /** The last login or renewal that failed. It stays after later successes. */
  readonly lastFailure: LoginFailure | undefined;
  /** Since when the vendor has refused the credentials. They are not sent again until they change. `undefined`: they are not refused. */
  readonly refusedSince: number | undefined;
  /** Before this time no login is sent, after a login that failed. `undefined`: a login may be sent now. */
  readonly pausedUntil: number | undefined;
  /** How many logins `loginBudget` allows now. It can be negative after `renew()`. */
  readonly loginsLeft: number;
  /** When the session is renewed next, at a call after that time. `undefined`: there is no session, or its expiry is not known. */
  readonly nextRenewal: number | undefined;
}

/** A login or renewal that failed. */
export interface LoginFailure {
  /** When it failed, in ms since the epoch. */
  readonly at: number;
  /** The code of the error. `undefined`: the error is no `VmsError`, for example one that `credentials` threw. */
  readonly code: VmsErrorCode | undefined;
}
