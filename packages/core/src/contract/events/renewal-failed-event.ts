/** Emitted when a background renewal fails. The live session stays in use. */
export interface RenewalFailedEvent {
  readonly type: "renewal_failed";
  readonly error: unknown;
  /** The earliest next attempt, in ms since the epoch. `undefined`: none before the session expires. */
  readonly retryAt: number | undefined;
}
