import type { SessionInfo } from "../session-info.ts";

/** Emitted when the vendor rejects the session's credential on a call, which ends the session. */
export interface RejectedEvent<User = unknown> {
  readonly type: "rejected";
  readonly info: SessionInfo<User>;
  readonly status: number;
}
