import type { SessionInfo } from "../session-info.ts";

/** Emitted when a response carries a new credential. Later calls use the new one. */
export interface RotatedEvent<User = unknown> {
  readonly type: "rotated";
  readonly info: SessionInfo<User>;
}
