/** Emitted when a call is sent again with the next session, after the vendor rejected the one that it was sent with. */
export interface ResentEvent {
  readonly type: "resent";
  /** The method of the call, for example `"GET"`. */
  readonly method: string;
  /** The path of the call, without its query. */
  readonly path: string;
  /** The HTTP status of the rejection. */
  readonly status: number;
}
