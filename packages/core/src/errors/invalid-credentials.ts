import { VmsError } from "./vms-error.ts";

/** The vendor refused the user name or password. Not tried again until the credentials change or `renew()` is called. */
export class InvalidCredentials extends VmsError {
  override readonly name = "InvalidCredentials";
  readonly code = "invalid_credentials" as const;
}
