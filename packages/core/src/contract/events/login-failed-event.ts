/** Emitted when a login fails, including in the background. */
export interface LoginFailedEvent {
  readonly type: "login_failed";
  /** The user name. `undefined`: unknown, because `credentials` failed. */
  readonly account: string | undefined;
  readonly error: unknown;
  /** The earliest next login, in ms since the epoch. `undefined`: now, or never with the refused credentials. */
  readonly retryAt: number | undefined;
}
