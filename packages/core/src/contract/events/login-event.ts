import type { SessionInfo } from "../session-info.ts";

/** Emitted when a session starts. A session that replaces a live one is `renewed` instead. */
export interface LoginEvent<User = unknown> {
  readonly type: "login";
  readonly info: SessionInfo<User>;
  /** Where the session comes from: a login at the vendor, the store, or the option `cookies`. */
  readonly from: "vendor" | "store" | "cookies";
}
