import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** The vendor understood the sign-in request and refused its form. `fields` has the vendor's reasons by field. */
export class InvalidRequest extends VmsError {
  override readonly name = "InvalidRequest";
  readonly code = "invalid_request" as const;
  /** The vendor's texts by the field that they are about; empty where the vendor names none. */
  readonly fields: Readonly<Record<string, readonly string[]>>;

  constructor(
    vendor: string,
    message: string,
    details: VmsErrorDetails & { readonly fields?: Readonly<Record<string, readonly string[]>> } = {},
  ) {
    super(vendor, message, details);
    this.fields = details.fields ?? {};
  }
}
