import type { VmsError } from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";
import { writeThis } from "./write-this.ts";

/**
 * The error for a login that failed. The core does not retry `InvalidCredentials`, `AccountUnavailable` and
 * `InvalidRequest` with the same credentials, so that no account is locked. Use `response.toError()` for any other
 * failure. Show the vendor's texts only through `context.redact`.
 */
export function loginFailure(response: FlowResponse): VmsError {
  const { status } = response;
  if (status < 400 || status === 429 || status >= 500) return response.toError();
  return writeThis("which responses mean a wrong user name or password, in src/errors.ts");
}
