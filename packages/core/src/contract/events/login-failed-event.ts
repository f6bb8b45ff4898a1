/** Emitted when a login fails, including in the background. */
export interface LoginFailedEvent {
  readonly type: "login_failed";
  /** The user name. `undefined`: unknown, because `credentials` failed. */
  readonly account: string | undefined;
  readonly error: unknown;
  /**
   * The earliest next login, in ms since the epoch. `undefined`: there is no wait, or the credentials were refused and
   * are not sent again.
   */
  readonly retryAt: number | undefined;
}
