/** Emitted when a login would help but is not sent, because the session signs in too often. */
export interface LoginLimitedEvent {
  readonly type: "login_limited";
  /**
   * Why logins are limited.
   *
   * - `"call_refused"`: the vendor rejects one call although the session works. The account may lack a permission.
   * - `"refused_at_once"`: the vendor rejects the first call of each new session.
   * - `"ends_early"`: sessions expire earlier than the vendor states, so set `lifetime`, or another program takes over
   *   the session.
   */
  readonly cause: "call_refused" | "refused_at_once" | "ends_early";
  /** The earliest next login, in ms since the epoch. */
  readonly retryAt: number;
}
