/** Emitted when a login has failed, in the background too. */
export interface LoginFailedEvent {
  readonly type: "login_failed";
  /** The user name that was to sign in. `undefined`: `credentials` has failed, so that it is not known. */
  readonly account: string | undefined;
  readonly error: unknown;
  /** The earliest next login, in ms since the epoch. `undefined`: nothing is waited for, or the same credentials are not sent again. */
  readonly retryAt: number | undefined;
}
