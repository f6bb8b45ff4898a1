import type { SessionInfo } from "../session-info.ts";

/** Emitted when `logout()` has finished. */
export interface LogoutEvent<User = unknown> {
  readonly type: "logout";
  /** The session that was signed out. `undefined`: there was no live session. */
  readonly info: SessionInfo<User> | undefined;
  /** Set if the vendor did not confirm the sign-out. The session is removed anyway. */
  readonly error?: unknown;
}
