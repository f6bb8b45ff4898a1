import type { Answer, VmsError } from "@vms/core";
import { writeThis } from "./write-this.ts";

/**
 * The error for a login that was not answered as it should be. What the core must know apart: `InvalidCredentials`,
 * `AccountUnavailable` and `InvalidRequest` are not tried again with the same credentials, so that nobody is locked.
 * Everything that has no better name is `answer.failure()`. Pass on the vendor's words only through `context.redact`.
 */
export function loginFailure(answer: Answer): VmsError {
  const { status } = answer;
  if (status < 400 || status === 429 || status >= 500) return answer.failure();
  return writeThis("which answers mean a wrong user name or password, in src/errors.ts");
}
