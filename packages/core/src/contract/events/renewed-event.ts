import type { SessionInfo } from "../session-info.ts";

/** Emitted when a live session is extended or replaced by a new one. */
export interface RenewedEvent<User = unknown> {
  /** The name of the event. */
  readonly type: "renewed";
  /** The session after the renewal. */
  readonly info: SessionInfo<User>;
  /** How: by a login, by extending the session at the vendor, or with a session from the store or the option `cookies`. */
  readonly by: "login" | "extend" | "store" | "cookies";
}
