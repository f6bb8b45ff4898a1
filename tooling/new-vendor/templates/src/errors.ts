import { InvalidCredentials, type VmsError } from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";

/**
 * The error for a login that failed. The core does not retry `InvalidCredentials`, `AccountUnavailable` and
 * `InvalidRequest` with the same credentials, so that no account is locked. Use `response.toError()` for any other
 * failure. Show the vendor's texts only through `context.redact`.
 *
 * An assumption: a 401 to the login means wrong credentials.
 */
export function loginFailure(response: FlowResponse): VmsError {
  // Write this: which responses are about the password, the account and the request, as the vendor documents them.
  const { status } = response;
  if (status !== 401) return response.toError();
  return new InvalidCredentials("your-vendor", "the vendor rejected the user name or the password (401).", { status });
}
