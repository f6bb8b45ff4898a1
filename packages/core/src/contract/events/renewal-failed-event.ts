/** Emitted when a renewal in the background fails. The live session stays in use. */
export interface RenewalFailedEvent {
  /** The name of the event. */
  readonly type: "renewal_failed";
  /** Why it failed: an error of a login. */
  readonly error: unknown;
  /** The earliest next attempt, in ms since the epoch. `undefined`: there is none before the session expires. */
  readonly retryAt: number | undefined;
}
