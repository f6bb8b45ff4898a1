import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `second_factor_rejected`: the vendor accepted none of this login's second-factor codes.
 *
 * Later logins fail with this error until you call `renew()`.
 */
export class SecondFactorRejected extends VmsError {
  override readonly name = "SecondFactorRejected";
  readonly code = "second_factor_rejected" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "check_second_factor" }, ...details });
  }
}
