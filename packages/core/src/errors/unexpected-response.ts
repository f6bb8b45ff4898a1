import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** An answer was not what the vendor documents. `paths` names what was wrong in it, never a value. */
export class UnexpectedResponse extends VmsError {
  override readonly name = "UnexpectedResponse";
  readonly code = "unexpected_response" as const;
  /** The paths that were wrong, for example `["user.id"]`; empty when the answer as a whole was. */
  readonly paths: readonly string[];

  constructor(vendor: string, message: string, details: VmsErrorDetails & { readonly paths?: readonly string[] } = {}) {
    super(vendor, message, details);
    this.paths = details.paths ?? [];
  }
}
