import type { AnyVmsError } from "../errors/any-error.ts";
import type { SessionInfo } from "./session-info.ts";

/** What happens to a session. No event holds a secret. */
export type SessionEvent<User = unknown> =
  /** A session began: signed in at the vendor, adopted from the store, or taken up by the cookies that were given. */
  | { readonly type: "login"; readonly info: SessionInfo<User>; readonly from: "vendor" | "store" | "cookies" }
  /** A live session was replaced or prolonged. */
  | {
      readonly type: "renewed";
      readonly info: SessionInfo<User>;
      readonly by: "login" | "extend" | "store" | "cookies";
    }
  /** A renewal failed. The live session serves on; `retryAt` (ms since the epoch) is the earliest next try. */
  | { readonly type: "renewal_failed"; readonly error: unknown; readonly retryAt: number | undefined }
  /** The vendor refused the session's credential on a call. */
  | { readonly type: "rejected"; readonly info: SessionInfo<User>; readonly status: number }
  /** A response carried a new credential, which is used from now on. */
  | { readonly type: "rotated"; readonly info: SessionInfo<User> }
  /** The session reached its end. `atLogin`: it was over already when the vendor gave it out, and serves once. */
  | { readonly type: "expired"; readonly info: SessionInfo<User>; readonly atLogin: boolean }
  /** The session was signed out; `error` is set where the vendor's answer to that was bad. */
  | { readonly type: "logout"; readonly info: SessionInfo<User> | undefined; readonly error?: unknown }
  /** The store failed; the session goes on in memory. */
  | {
      readonly type: "store_failed";
      readonly operation: "get" | "set" | "delete" | "lock";
      readonly error: AnyVmsError;
    };

/** Listeners by type of event. */
export interface SessionEvents<User> {
  on<E extends SessionEvent<User>["type"]>(
    type: E,
    listener: (event: Extract<SessionEvent<User>, { type: E }>) => void,
  ): () => void;
  emit(event: SessionEvent<User>): void;
}
