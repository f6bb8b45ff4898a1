import { AccountUnavailable, InvalidCredentials, InvalidRequest, type VmsError } from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";
import type { Outcome } from "./wire.ts";

/** The login or the password is wrong: documented. */
const WRONG_LOGIN = 40;
/** An assumption, seen in a client: the status 47 in response to a login means that the account is not activated. */
const NOT_ACTIVATED = 47;

/**
 * The error for a login that did not succeed.
 * @param outcome `metadata`, or `undefined` if the body has no readable one.
 * @param redact removes secrets from the vendor's message.
 * @see AlertSite JSON API, "Login": "Response Body"
 */
export function loginFailure(
  response: FlowResponse,
  outcome: Outcome | undefined,
  redact: (text: string) => string,
): VmsError {
  const { status } = response;
  // An assumption: a 401 in response to the login, without a code in its body, means wrong credentials. Repeated logins would lock the account.
  if (outcome?.status === WRONG_LOGIN || (outcome === undefined && status === 401)) {
    const what = outcome === undefined ? `HTTP ${status}` : `status ${outcome.status}`;
    return new InvalidCredentials("alertsite", `the vendor rejected the login or the password (${what}).`, { status });
  }
  if (outcome?.status === NOT_ACTIVATED) {
    return new AccountUnavailable("alertsite", `the account is not activated (status ${outcome.status}).`, {
      status,
      reason: "inactive",
      remedy: { id: "finish_registration" },
    });
  }
  // 429 and 5xx are temporary with any body: the login can be retried.
  if (outcome === undefined || status === 429 || status >= 500) return response.toError();
  const said = typeof outcome.message === "string" ? redact(outcome.message.replace(/\p{Cc}+/gu, " ")) : "";
  return new InvalidRequest(
    "alertsite",
    `the vendor rejected the login with status ${outcome.status}${said === "" ? "" : `: "${said}"`}.`,
    { status, remedy: { id: "ask_vendor" } },
  );
}
