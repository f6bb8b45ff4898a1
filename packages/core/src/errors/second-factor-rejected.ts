import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `second_factor_rejected`: the vendor accepted no second factor of this login, for example because each code was wrong.
 *
 * Further logins fail with this error until `renew()` is called.
 */
export class SecondFactorRejected extends VmsError {
  override readonly name = "SecondFactorRejected";
  readonly code = "second_factor_rejected" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "check_second_factor" }, ...details });
  }
}
