import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `invalid_request`: the vendor rejected the login request as malformed.
 *
 * The login is not retried until the credentials change or you call `renew()`.
 */
export class InvalidRequest extends VmsError {
  override readonly name = "InvalidRequest";
  readonly code = "invalid_request" as const;
  /** The vendor's messages by field. Empty if it names no field. */
  readonly fields: Readonly<Record<string, readonly string[]>>;

  constructor(
    vendor: string,
    problem: string,
    details: VmsErrorDetails & { readonly fields?: Readonly<Record<string, readonly string[]>> } = {},
  ) {
    super(vendor, problem, { remedy: { id: "check_options", options: ["credentials"] }, ...details });
    this.fields = details.fields ?? {};
  }
}
