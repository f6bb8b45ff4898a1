import {
  AccountUnavailable,
  type AccountUnavailableReason,
  type AnyVmsError,
  InvalidCredentials,
  InvalidRequest,
  type SecondFactorMethod,
  SecondFactorRejected,
  SecondFactorRequired,
  UnexpectedResponse,
  VendorUnavailable,
} from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";

/** The refusals of authenticate that concern the account, in the vendor's order of precedence. */
const REFUSALS: ReadonlyMap<number, readonly [AccountUnavailableReason, string]> = new Map([
  [462, ["pending", "the user is pending: accept the invitation that the vendor sent"]],
  [402, ["suspended", "the account is suspended: ask whoever manages it"]],
  [460, ["inactive", "the account is inactive: ask whoever manages it"]],
  [461, ["pending", "the account is pending: finish its registration at the vendor"]],
  [412, ["disabled", "the user is disabled, or locked for wrong codes: ask an administrator of the account"]],
  [465, ["ip_not_allowed", "this machine's IP address is not allowed: have it added to the account's list"]],
]);

/**
 * The error for an authenticate that was not answered 200.
 * @see Eagle Eye Networks API, "Step 1: Authenticate"
 */
export function authenticateFailure(response: FlowResponse): AnyVmsError {
  const { status } = response;
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
  if (refusal === undefined) return response.toError();
  const [reason, what] = refusal;
  return new AccountUnavailable("eagleeye", `${what} (${status}).`, { status, reason });
}

/**
 * The error for a two_factor_authenticate that was not answered 200.
 * @see Eagle Eye Networks API, "Step 2: Send TFA Code"
 */
export function sendFailure(response: FlowResponse, type: SecondFactorMethod["type"]): AnyVmsError {
  const { status } = response;
  switch (status) {
    case 400:
      return new InvalidRequest(
        "eagleeye",
        "the vendor refused the form of two_factor_authenticate (400). Check `body`.",
        { status },
      );
    case 412:
      return new InvalidRequest(
        "eagleeye",
        `the vendor cannot send this user a code by ${type} (412). Try another way, or have the user's phone and e-mail checked.`,
        { status },
      );
    case 415:
      return new InvalidRequest("eagleeye", `the vendor sends no codes by ${type} (415). Try another way.`, { status });
    default:
      return response.toError();
  }
}

/**
 * The error for an authorize that was not answered 200.
 * @param withCode whether a second-factor code was sent.
 * @see Eagle Eye Networks API, "Step 3: Authorize"
 */
export function authorizeFailure(response: FlowResponse, withCode: boolean): AnyVmsError {
  const { status } = response;
  switch (status) {
    case 400:
      return new InvalidRequest("eagleeye", "the vendor refused the form of authorize (400). Check `body`.", {
        status,
      });
    case 401:
      if (withCode) return codeTooLate(status);
      // The password is not wrong: the next authenticate replaces a token that was used or is too old.
      return new VendorUnavailable(
        "eagleeye",
        "the vendor refused the single-use token that it had just given (401): it was used, or older than 30 s. " +
          "If this goes on, look for a slow network, or a proxy that repeats requests.",
        { status },
      );
    case 406:
      return new SecondFactorRejected(
        "eagleeye",
        "the code of the second factor is wrong (406). Make sure of the next one before you sign in again: " +
          "the vendor locks the user, for good, at the fourth wrong code.",
        { status },
      );
    case 429:
      return new AccountUnavailable(
        "eagleeye",
        "the vendor has locked the user for too many wrong codes (429), for good. Ask the vendor's support to unlock it.",
        { status, reason: "locked" },
      );
    default:
      return response.toError();
  }
}

/** The error for a code that came too late. Without a status it was not sent. */
export function codeTooLate(status?: number): SecondFactorRejected {
  return new SecondFactorRejected(
    "eagleeye",
    `the code of the second factor came too late${status === undefined ? "" : ` (${status})`}: ` +
      "it is good for 15 minutes. Sign in again with a new one.",
    { status },
  );
}

/**
 * The error for a switch_account that was not answered 200.
 * @see Eagle Eye Networks API, "Switch Account"
 */
export function switchFailure(response: FlowResponse): AnyVmsError {
  const { status } = response;
  switch (status) {
    case 400:
      return new InvalidRequest(
        "eagleeye",
        "the vendor refused the form of switch_account (400). Check `account` and `body`.",
        { status, fields: { account: ["not understood"] } },
      );
    case 401:
      // Not retried: another login may need another code.
      return new UnexpectedResponse(
        "eagleeye",
        "the vendor refused the session in switch_account (401), just after opening it. Sign in again.",
        { status },
      );
    case 404:
      return new InvalidRequest(
        "eagleeye",
        "the vendor finds no such account for this user (404). Write an id out of `g/account/list` as `account`.",
        { status, fields: { account: ["not found"] } },
      );
    default:
      return response.toError();
  }
}

/** The error for a switch that the vendor accepted but did not make. It is final: each further login may need a code. */
export function notSwitched(status: number): InvalidRequest {
  return new InvalidRequest(
    "eagleeye",
    "the vendor accepted the switch to `account`, and still works on another one. Check the id, and what the user may do.",
    { status, fields: { account: ["not switched to"] } },
  );
}

/** The error for an authorize that was answered without a session. */
export function noCookie(response: FlowResponse): UnexpectedResponse {
  return new UnexpectedResponse(
    "eagleeye",
    "authorize was answered without a session cookie. Check the base URL; in a browser, cookies cannot be read at all.",
    { status: response.status, paths: ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"] },
  );
}

/** The error for an account that requires a second factor but has no method to send a code. */
export function noSecondFactorMethod(): SecondFactorRequired {
  return new SecondFactorRequired(
    "eagleeye",
    "the account asks for a second factor, and the vendor offers no way to send a code. Have a phone number or an e-mail " +
      "address entered for the user.",
    { methods: [], status: 200 },
  );
}
