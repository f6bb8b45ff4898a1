import type { SessionInfo } from "../session-info.ts";

/** Emitted when a session has expired. It is noticed at the next call, because a session has no timer. */
export interface ExpiredEvent<User = unknown> {
  /** The name of the event. */
  readonly type: "expired";
  /** The session that has expired. */
  readonly info: SessionInfo<User>;
  /** Whether the session already appeared expired when it arrived, for example because a clock is wrong. It is then used until the vendor rejects it. */
  readonly overAtLogin: boolean;
}
