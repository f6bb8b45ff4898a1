import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `store_failed`: a session store failed. Store methods throw it. A session emits the event `store_failed` instead and
 * continues in memory.
 */
export class StoreFailed extends VmsError {
  override readonly name = "StoreFailed";
  readonly code = "store_failed" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "check_store" }, ...details });
  }
}
