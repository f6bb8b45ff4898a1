import type { AnyVmsError } from "../errors/is-vms-error.ts";
import type { SessionInfo } from "./session-info.ts";

/** The events of a session. No event contains a secret. */
export type SessionEvent<User = unknown> =
  /** A session started. `from`: a login at the vendor, a stored session, or the option `cookies`. */
  | { readonly type: "login"; readonly info: SessionInfo<User>; readonly from: "vendor" | "store" | "cookies" }
  /** A live session was replaced or extended. `by` says how. */
  | {
      readonly type: "renewed";
      readonly info: SessionInfo<User>;
      readonly by: "login" | "extend" | "store" | "cookies";
    }
  /**
   * A renewal in the background failed. The live session stays in use. `retryAt` (ms since the epoch) is the earliest next
   * attempt; `undefined`: there is none before the session expires.
   */
  | { readonly type: "renewal_failed"; readonly error: unknown; readonly retryAt: number | undefined }
  /** The vendor rejected the session's credential on a call. `status`: of that response. */
  | { readonly type: "rejected"; readonly info: SessionInfo<User>; readonly status: number }
  /** A response carried a new credential, which is used from now on. */
  | { readonly type: "rotated"; readonly info: SessionInfo<User> }
  /** The session expired. `atLogin`: it already appeared expired when it arrived, and is used once. */
  | { readonly type: "expired"; readonly info: SessionInfo<User>; readonly atLogin: boolean }
  /** The session was signed out. `error` is set if that failed at the vendor. */
  | { readonly type: "logout"; readonly info: SessionInfo<User> | undefined; readonly error?: unknown }
  /** An operation of the store failed. The session continues in memory. */
  | {
      readonly type: "store_failed";
      readonly operation: "get" | "set" | "delete" | "lock";
      readonly error: AnyVmsError;
    };

/** Adds listeners by event type, and calls them. */
export interface SessionEvents<User> {
  on<E extends SessionEvent<User>["type"]>(
    type: E,
    listener: (event: Extract<SessionEvent<User>, { type: E }>) => void,
  ): () => void;
  emit(event: SessionEvent<User>): void;
}
