import { VmsError } from "./vms-error.ts";

/** A store of sessions failed. A session itself goes on in memory and reports this as an event. */
export class StoreFailed extends VmsError {
  override readonly name = "StoreFailed";
  readonly code = "store_failed" as const;
}
