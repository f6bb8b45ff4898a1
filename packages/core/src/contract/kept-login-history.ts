/**
 * An opaque record of an account's refused credentials, pauses after failed logins and login budget. A `sessionPool`
 * creates it and keeps it while the account's session is closed.
 */
export interface KeptLoginHistory {
  /** Distinguishes it from other objects. */
  readonly kind: "login-history";
}
