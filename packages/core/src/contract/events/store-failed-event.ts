import type { AnyVmsError } from "../../errors/is-vms-error.ts";

/** Emitted when a store operation fails. The session continues in memory. */
export interface StoreFailedEvent {
  readonly type: "store_failed";
  readonly operation: "get" | "set" | "delete" | "lock";
  readonly error: AnyVmsError;
}
