import type { SessionInfo } from "../session-info.ts";

/** Emitted when a live session is extended or replaced. */
export interface RenewedEvent<User = unknown> {
  readonly type: "renewed";
  /** The session after the renewal. */
  readonly info: SessionInfo<User>;
  /** A login, an extension, or a session from the store or the option `cookies`. */
  readonly by: "login" | "extend" | "store" | "cookies";
}
