import type { VmsErrorCode } from "../../errors/vms-error.ts";

/**
 * A snapshot of a session for status pages and alarms. It contains no secret, and reading it sends no request. Times
 * are in ms since the epoch.
 */
export interface SessionHealth {
  /**
   * - `"signed_out"`: there is no session; the next call signs in.
   * - `"signing_in"`: a login is in progress.
   * - `"live"`: calls use a session.
   * - `"renewing"`: calls use a session that is being renewed.
   * - `"closed"`: `logout()` or `close()` was called.
   */
  readonly state: "signed_out" | "signing_in" | "live" | "renewing" | "closed";
  /** The user name, once known. */
  readonly account: string | undefined;
  /** When this session object last signed in. `undefined`: not yet. */
  readonly lastLogin: number | undefined;
  /** When a call last used the live session. `undefined`: there is none. */
  readonly lastUse: number | undefined;
  /** The last failed login or renewal. A later success does not clear it. */
  readonly lastFailure: LoginFailure | undefined;
  /** When the vendor refused the credentials, which are not sent again until they change. `undefined`: not refused. */
  readonly refusedSince: number | undefined;
  /** No login is sent before this time, because one failed. `undefined`: no pause. */
  readonly pausedUntil: number | undefined;
  /** How many logins `loginBudget` allows now. Can be negative after `renew()`. */
  readonly loginsLeft: number;
  /** The first call after this time renews the session. `undefined`: there is none, or its expiry is unknown. */
  readonly nextRenewal: number | undefined;
}

/** A failed login or renewal. */
export interface LoginFailure {
  /** When it failed, in ms since the epoch. */
  readonly at: number;
  /** The error code. `undefined`: not a `VmsError`, for example an error from `credentials`. */
  readonly code: VmsErrorCode | undefined;
}
