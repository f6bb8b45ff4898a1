/**
 * An account's opaque login history: refused credentials, pauses and login budget. A `sessionPool` keeps it while the
 * account's session is closed.
 */
export interface KeptLoginHistory {
  readonly kind: "login-history";
}
