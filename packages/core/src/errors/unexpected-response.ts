import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** `unexpected_response`: a response is not what the vendor documents. `paths` names the wrong fields, never a value. */
export class UnexpectedResponse extends VmsError {
  override readonly name = "UnexpectedResponse";
  readonly code = "unexpected_response" as const;
  /** The paths of the wrong fields, for example `["user.id"]`. Empty if the response as a whole is wrong. */
  readonly paths: readonly string[];

  constructor(vendor: string, problem: string, details: VmsErrorDetails & { readonly paths?: readonly string[] } = {}) {
    super(vendor, problem, { remedy: { id: "check_base_url" }, ...details });
    this.paths = details.paths ?? [];
  }
}
