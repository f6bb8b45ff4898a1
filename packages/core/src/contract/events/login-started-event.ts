/** Emitted when a login is sent to the vendor. A session from a store is no login. */
export interface LoginStartedEvent {
  readonly type: "login_started";
  /** The user name that signs in. */
  readonly account: string;
}
