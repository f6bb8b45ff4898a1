/**
 * What is remembered of an account's logins while its session is closed: refused credentials, pauses after failed logins, and
 * the login budget. A `sessionPool` makes it, and its sessions take it. It shows nothing of its content.
 */
export interface KeptLoginHistory {
  /** Distinguishes it from other objects. */
  readonly kind: "login-history";
}
