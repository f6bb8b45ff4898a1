import {
  AccountUnavailable,
  type AccountUnavailableReason,
  type AnyVmsError,
  InvalidCredentials,
  InvalidRequest,
  type Remedy,
  type SecondFactorMethod,
  SecondFactorRejected,
  SecondFactorRequired,
  UnexpectedResponse,
  VendorUnavailable,
} from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";

const CHOOSE_ACCOUNT: Remedy = { id: "choose_value", option: "account", listedAt: "g/account/list" };

/** The statuses of authenticate that concern the account, in the vendor's order of precedence. */
const REFUSALS: ReadonlyMap<number, readonly [AccountUnavailableReason, string]> = new Map([
  [462, ["pending", "the user is pending, because the vendor's invitation is not accepted"]],
  [402, ["suspended", "the account is suspended"]],
  [460, ["inactive", "the account is inactive"]],
  [461, ["pending", "the account is pending, because its registration is not finished"]],
  [412, ["disabled", "the user is disabled, or locked because of wrong codes"]],
  [465, ["ip_not_allowed", "this machine's IP address is not in the account's list of allowed addresses"]],
]);

/**
 * The error for a response to authenticate other than 200.
 * @see Eagle Eye Networks API, "Step 1: Authenticate"
 */
export function authenticateFailure(response: FlowResponse): AnyVmsError {
  const { status } = response;
  if (status === 400) {
    return new InvalidRequest("eagleeye", "the vendor rejected the authenticate request as malformed (400).", {
      status,
      remedy: { id: "check_options", options: ["credentials", "realm", "body"] },
    });
  }
  if (status === 401) {
    return new InvalidCredentials("eagleeye", "the vendor rejected the user name or the password (401).", { status });
  }
  const refusal = REFUSALS.get(status);
  if (refusal === undefined) return response.toError();
  const [reason, what] = refusal;
  return new AccountUnavailable("eagleeye", `${what} (${status}).`, { status, reason });
}

/**
 * The error for a response to two_factor_authenticate other than 200.
 * @see Eagle Eye Networks API, "Step 2: Send TFA Code"
 */
export function sendFailure(response: FlowResponse, type: SecondFactorMethod["type"]): AnyVmsError {
  const { status } = response;
  switch (status) {
    case 400:
      return new InvalidRequest(
        "eagleeye",
        "the vendor rejected the two_factor_authenticate request as malformed (400).",
        { status, remedy: { id: "check_options", options: ["body"] } },
      );
    case 412:
      return new InvalidRequest(
        "eagleeye",
        `the vendor cannot send this user a code by ${type} (412). The user's phone number or e-mail address may be missing.`,
        { status, remedy: { id: "use_other_method" } },
      );
    case 415:
      return new InvalidRequest("eagleeye", `the vendor sends no codes by ${type} (415).`, {
        status,
        remedy: { id: "use_other_method" },
      });
    default:
      return response.toError();
  }
}

/**
 * The error for a response to authorize other than 200.
 * @param withCode whether a second-factor code was sent.
 * @see Eagle Eye Networks API, "Step 3: Authorize"
 */
export function authorizeFailure(response: FlowResponse, withCode: boolean): AnyVmsError {
  const { status } = response;
  switch (status) {
    case 400:
      return new InvalidRequest("eagleeye", "the vendor rejected the authorize request as malformed (400).", {
        status,
        remedy: { id: "check_options", options: ["body"] },
      });
    case 401:
      if (withCode) return codeTooLate(status);
      // The password is not wrong: the next authenticate replaces a token that was used or is too old.
      return new VendorUnavailable(
        "eagleeye",
        "the vendor rejected the single-use token that it had just returned (401). The token was used, or older than 30 s. " +
          "The network may be slow, or a proxy may repeat requests.",
        { status, remedy: { id: "check_network" } },
      );
    case 406:
      return new SecondFactorRejected(
        "eagleeye",
        "the second-factor code is wrong (406). The vendor locks the user permanently at the fourth wrong code.",
        { status },
      );
    case 429:
      return new AccountUnavailable(
        "eagleeye",
        "the vendor has locked the user permanently, because of too many wrong codes (429).",
        { status, reason: "locked", remedy: { id: "ask_vendor" } },
      );
    default:
      return response.toError();
  }
}

/** The error for a code that came too late. Without a status it was not sent. */
export function codeTooLate(status?: number): SecondFactorRejected {
  return new SecondFactorRejected(
    "eagleeye",
    `the second-factor code came too late${status === undefined ? "" : ` (${status})`}. A code is valid for 15 minutes.`,
    { status, remedy: { id: "answer_sooner" } },
  );
}

/**
 * The error for a response to switch_account other than 200.
 * @see Eagle Eye Networks API, "Switch Account"
 */
export function switchFailure(response: FlowResponse): AnyVmsError {
  const { status } = response;
  switch (status) {
    case 400:
      return new InvalidRequest("eagleeye", "the vendor rejected the switch_account request as malformed (400).", {
        status,
        fields: { account: ["not understood"] },
        remedy: { id: "check_options", options: ["account", "body"] },
      });
    case 401:
      // Not retried: another login may need another code.
      return new UnexpectedResponse("eagleeye", "the vendor rejected the new session in switch_account (401).", {
        status,
        remedy: { id: "wait" },
      });
    case 404:
      return new InvalidRequest("eagleeye", "this user has no such account (404).", {
        status,
        fields: { account: ["not found"] },
        remedy: CHOOSE_ACCOUNT,
      });
    default:
      return response.toError();
  }
}

/** The error for a switch that the vendor accepted but did not make. It is final: each further login may need a code. */
export function notSwitched(status: number): InvalidRequest {
  return new InvalidRequest("eagleeye", "the vendor accepted the switch of the account, but still uses another one.", {
    status,
    fields: { account: ["not switched to"] },
    remedy: CHOOSE_ACCOUNT,
  });
}

/** The error for a response to authorize that opens no session. */
export function noCookie(response: FlowResponse): UnexpectedResponse {
  return new UnexpectedResponse(
    "eagleeye",
    "the response to authorize sets no session cookie. In a browser, a program cannot read cookies.",
    { status: response.status, paths: ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"] },
  );
}

/** The error for an account that requires a second factor but has no method to send a code. */
export function noSecondFactorMethod(): SecondFactorRequired {
  return new SecondFactorRequired(
    "eagleeye",
    "the account needs a second factor, but the user has no phone number and no e-mail address for a code.",
    { reason: "no_method", methods: [], status: 200 },
  );
}
