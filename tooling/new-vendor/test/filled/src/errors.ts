import { InvalidCredentials, type VmsError } from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";

/** The error for a login that was not answered as it should be: 403 is a wrong password. */
export function loginFailure(answer: FlowResponse): VmsError {
  const { status } = answer;
  if (status !== 403) return answer.toError();
  return new InvalidCredentials("acme-cam", "the vendor refused the user name or password (403).", {
    status,
  });
}
