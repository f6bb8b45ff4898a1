import type { SessionInfo } from "../session-info.ts";

/** Emitted when a session starts. If it replaces a live session, `renewed` is emitted instead. */
export interface LoginEvent<User = unknown> {
  readonly type: "login";
  readonly info: SessionInfo<User>;
  /** A login, the extension of an expired session, the store or the option `cookies`. */
  readonly from: "vendor" | "extend" | "store" | "cookies";
}
