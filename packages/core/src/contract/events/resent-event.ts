/** Emitted when a rejected call is sent again with the next session. */
export interface ResentEvent {
  readonly type: "resent";
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** The HTTP status of the rejection. */
  readonly status: number;
}
