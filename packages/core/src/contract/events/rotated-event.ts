import type { SessionInfo } from "../session-info.ts";

/** Emitted when a response carries a new credential, which later calls use. */
export interface RotatedEvent<User = unknown> {
  readonly type: "rotated";
  readonly info: SessionInfo<User>;
}
