import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `invalid_credentials`: the vendor rejected the user name or password.
 *
 * The login is not retried until the credentials change or you call `renew()`.
 */
export class InvalidCredentials extends VmsError {
  override readonly name = "InvalidCredentials";
  readonly code = "invalid_credentials" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "correct_credentials" }, ...details });
  }
}
