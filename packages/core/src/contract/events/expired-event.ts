import type { SessionInfo } from "../session-info.ts";

/** Emitted when a session has expired. A session has no timer: the next call detects the expiry. */
export interface ExpiredEvent<User = unknown> {
  readonly type: "expired";
  readonly info: SessionInfo<User>;
  /**
   * Whether the session already appeared expired on arrival, for example because of a wrong clock. It stays in use
   * until the vendor rejects it.
   */
  readonly overAtLogin: boolean;
}
