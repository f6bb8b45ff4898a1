import type { SessionInfo } from "../session-info.ts";

/** Emitted when a response carries a new credential. Later calls use the new one. */
export interface RotatedEvent<User = unknown> {
  /** The name of the event. */
  readonly type: "rotated";
  /** The session with the new credential. */
  readonly info: SessionInfo<User>;
}
