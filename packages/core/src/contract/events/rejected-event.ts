import type { SessionInfo } from "../session-info.ts";

/** Emitted when the vendor rejects the session's credential on a call. The session has then ended. */
export interface RejectedEvent<User = unknown> {
  /** The name of the event. */
  readonly type: "rejected";
  /** The session that the vendor rejected. */
  readonly info: SessionInfo<User>;
  /** The HTTP status of the response that rejected it. */
  readonly status: number;
}
