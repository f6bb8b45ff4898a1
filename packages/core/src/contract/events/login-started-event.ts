/** Emitted when a login is sent to the vendor, not when a stored session is used. */
export interface LoginStartedEvent {
  readonly type: "login_started";
  readonly account: string;
}
