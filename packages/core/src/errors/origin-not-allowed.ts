import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `origin_not_allowed`: a call targets an origin other than the session's own and those in `allowedOrigins`. Thrown
 * before any request.
 */
export class OriginNotAllowed extends VmsError {
  override readonly name = "OriginNotAllowed";
  readonly code = "origin_not_allowed" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails & { readonly origin: string }) {
    super(vendor, problem, { remedy: { id: "allow_origin", origin: details.origin }, ...details });
  }
}
