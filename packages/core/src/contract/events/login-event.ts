import type { SessionInfo } from "../session-info.ts";

/** Emitted when a session starts. A session that replaces a live one is `renewed` instead. */
export interface LoginEvent<User = unknown> {
  /** The name of the event. */
  readonly type: "login";
  /** The session that starts. */
  readonly info: SessionInfo<User>;
  /** Where the session comes from: a login at the vendor, an expired session that was extended, the store, or `cookies`. */
  readonly from: "vendor" | "extend" | "store" | "cookies";
}
