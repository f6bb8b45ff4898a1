/** Emitted when a renewal in the background fails. The live session stays in use. */
export interface RenewalFailedEvent {
  readonly type: "renewal_failed";
  readonly error: unknown;
  /** The earliest next attempt, in ms since the epoch. `undefined`: there is none before the session expires. */
  readonly retryAt: number | undefined;
}
