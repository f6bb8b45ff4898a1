import { type Answer, InvalidCredentials, type VmsError } from "@vms/core";

/** The error for a login that was not answered as it should be: 403 is a wrong password. */
export function loginFailure(answer: Answer): VmsError {
  const { status } = answer;
  if (status !== 403) return answer.failure();
  return new InvalidCredentials(
    "acme-cam",
    "the vendor refused the user name or password (403). Correct `credentials`.",
    {
      status,
    },
  );
}
