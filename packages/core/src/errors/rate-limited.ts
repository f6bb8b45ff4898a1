import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** `rate_limited`: the vendor answered 429. `retryAfter` (ms) is set if the vendor sent `Retry-After`. */
export class RateLimited extends VmsError {
  override readonly name = "RateLimited";
  readonly code = "rate_limited" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { retryable: true, remedy: { id: "wait" }, ...details });
  }
}
