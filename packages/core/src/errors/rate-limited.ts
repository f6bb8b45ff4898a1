import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** The vendor asks to slow down. `retryAfter` (ms) is set when the vendor said for how long. */
export class RateLimited extends VmsError {
  override readonly name = "RateLimited";
  readonly code = "rate_limited" as const;

  constructor(vendor: string, message: string, details: VmsErrorDetails = {}) {
    super(vendor, message, { retryable: true, ...details });
  }
}
