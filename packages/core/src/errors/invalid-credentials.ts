import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `invalid_credentials`: the vendor rejected the user name or the password.
 *
 * The login is not sent again until the credentials change or `renew()` is called.
 */
export class InvalidCredentials extends VmsError {
  override readonly name = "InvalidCredentials";
  readonly code = "invalid_credentials" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "correct_credentials" }, ...details });
  }
}
