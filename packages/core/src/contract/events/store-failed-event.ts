import type { AnyVmsError } from "../../errors/is-vms-error.ts";

/** Emitted when an operation of the store fails. The session continues in memory. */
export interface StoreFailedEvent {
  /** The name of the event. */
  readonly type: "store_failed";
  /** The operation that failed. */
  readonly operation: "get" | "set" | "delete" | "lock";
  /** Why it failed. */
  readonly error: AnyVmsError;
}
