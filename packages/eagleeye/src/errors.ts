import {
  AccountUnavailable,
  type AccountUnavailableReason,
  type Answer,
  InvalidCredentials,
  InvalidRequest,
  SecondFactorRejected,
  VendorUnavailable,
  type VmsError,
} from "@vms/core";

/** The refusals of authenticate that are about the account, in the vendor's order of precedence. */
const REFUSALS: ReadonlyMap<number, readonly [AccountUnavailableReason, string]> = new Map([
  [462, ["pending", "the user is pending: accept the invitation that the vendor sent"]],
  [402, ["suspended", "the account is suspended: ask whoever manages it"]],
  [460, ["inactive", "the account is inactive: ask whoever manages it"]],
  [461, ["pending", "the account is pending: finish its registration at the vendor"]],
  [412, ["disabled", "the user is disabled: ask an administrator of the account"]],
  [465, ["ip_not_allowed", "this machine's IP address is not allowed: have it added to the account's list"]],
]);

/**
 * The error for an authenticate that was not answered 200.
 * @see Eagle Eye Networks API, "Step 1: Authenticate"
 */
export function authenticateFailure(answer: Answer): VmsError {
  const { status } = answer;
  if (status === 400) {
    return new InvalidRequest(
      "eagleeye",
      "the vendor refused the form of authenticate (400). Check the user name, `realm` and `body`.",
      { status },
    );
  }
  if (status === 401) {
    return new InvalidCredentials(
      "eagleeye",
      "the vendor refused the user name or password (401). Correct `credentials`.",
      { status },
    );
  }
  const refusal = REFUSALS.get(status);
  if (refusal === undefined) return answer.failure();
  const [reason, what] = refusal;
  return new AccountUnavailable("eagleeye", `${what} (${status}).`, { status, reason });
}

/**
 * The error for an authorize that was not answered 200.
 * @param withCode whether the code of a second factor was sent along.
 * @see Eagle Eye Networks API, "Step 2: Authorize"
 */
export function authorizeFailure(answer: Answer, withCode: boolean): VmsError {
  const { status } = answer;
  switch (status) {
    case 400:
      return new InvalidRequest("eagleeye", "the vendor refused the form of authorize (400). Check `body`.", {
        status,
      });
    case 401:
      if (withCode) {
        return new SecondFactorRejected(
          "eagleeye",
          "the vendor refused the code of the second factor, or it came too late (401). Sign in again with a new code.",
          { status },
        );
      }
      // It says nothing of the password: a token that was spent or too old is replaced by the next authenticate.
      return new VendorUnavailable(
        "eagleeye",
        "the vendor refused the single-use token that it had just given (401): it was used, or older than 30 s. " +
          "If this goes on, look for a slow network, or a proxy that repeats requests.",
        { status },
      );
    case 406:
      return new SecondFactorRejected(
        "eagleeye",
        "the code of the second factor is wrong (406). Sign in again with the right one: the fourth wrong code locks the user.",
        { status },
      );
    case 429:
      return new AccountUnavailable(
        "eagleeye",
        "the vendor has locked the user for too many wrong codes (429), for good. Ask the vendor's support to unlock it.",
        { status, reason: "locked" },
      );
    default:
      return answer.failure();
  }
}
