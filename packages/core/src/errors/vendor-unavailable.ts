import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** `vendor_unavailable`: the vendor could not be reached, timed out or answered with a 5xx status. */
export class VendorUnavailable extends VmsError {
  override readonly name = "VendorUnavailable";
  readonly code = "vendor_unavailable" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { retryable: true, remedy: { id: "wait" }, ...details });
  }
}
