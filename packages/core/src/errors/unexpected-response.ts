import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** `unexpected_response`: the vendor's response does not match its documentation. */
export class UnexpectedResponse extends VmsError {
  override readonly name = "UnexpectedResponse";
  readonly code = "unexpected_response" as const;
  /** Paths of the wrong fields, without values, for example `["user.id"]`. Empty if the whole response is wrong. */
  readonly paths: readonly string[];

  constructor(vendor: string, problem: string, details: VmsErrorDetails & { readonly paths?: readonly string[] } = {}) {
    super(vendor, problem, { remedy: { id: "check_base_url" }, ...details });
    this.paths = details.paths ?? [];
  }
}
