import type { Login, SecondFactorResult } from "@vms/core/flow";
import { codeNotTaken, lateCode, mustEnrol, wrongCode } from "./errors.ts";
import { type AltaContext, createLoginRequests, type LoginRequests, type Requirement } from "./login-requests.ts";
import type { AltaSettings } from "./options.ts";
import { type AltaData, type AltaUser, METHODS } from "./wire.ts";

type AltaLogin = Login<AltaData, AltaUser>;

/** How many codes one login tries. An assumption: three wrong codes do not lock the user. In `@vms/simulator`: `wrongCodesToLock`. */
const CODES = 3;

/**
 * Signs in. A retry of the login continues with the cookie in the draft: it does not send the password again, and does
 * not ask again for a code that the vendor accepted.
 */
export async function signIn(context: AltaContext, { baseUrl, totpPlacement }: AltaSettings): Promise<AltaLogin> {
  const requests = createLoginRequests(context, baseUrl, await context.credentials());
  return totpPlacement === "login" ? withCodeInLogin(context, requests) : withCodeAfterLogin(context, requests);
}

async function withCodeAfterLogin(context: AltaContext, requests: LoginRequests): Promise<AltaLogin> {
  let required = await requests.requirement();
  if (required === "login") required = await sendPassword(requests);
  if (isComplete(required)) return requests.login();

  const verify = async (code: string): Promise<SecondFactorResult<AltaLogin>> => {
    requests.restartTimer();
    if (required === "login") {
      required = await sendPassword(requests);
      if (isComplete(required)) return { accepted: true, value: requests.login() };
    }
    const { cookie } = context.draft;
    const response = await requests.totp(code);
    const { status } = response;
    if (response.ok || (status < 400 && context.draft.cookie !== cookie))
      return { accepted: true, value: requests.login() };
    // An assumption: a 400, 401 or 403 from `POST api/v1/totp` means a wrong code. A 401 can also mean that the session has ended.
    // In `@vms/simulator`: `wrongCodeStatus`.
    if (status !== 400 && status !== 401 && status !== 403) throw response.toError();
    if (status === 401) required = await requests.requirement();
    return required === "login"
      ? { accepted: false, reason: "late", error: lateCode() }
      : { accepted: false, reason: "wrong", error: wrongCode(status) };
  };
  return context.secondFactor({ methods: METHODS, maxAttempts: CODES, verify: ({ code }) => verify(code) });
}

// See `totpPlacement`.
async function withCodeInLogin(context: AltaContext, requests: LoginRequests): Promise<AltaLogin> {
  const finish = (required: Requirement): AltaLogin => {
    if (isComplete(required)) return requests.login();
    throw codeNotTaken();
  };
  const required = await requests.requirement();
  if (required !== "login") return finish(required);
  const verify = async (code: string): Promise<SecondFactorResult<AltaLogin>> => {
    requests.restartTimer();
    // A rejection is thrown without asking for another code, because the password may be wrong (guarantee 10).
    return { accepted: true, value: finish(await sendPassword(requests, code)) };
  };
  return context.secondFactor({ methods: METHODS, maxAttempts: CODES, verify: ({ code }) => verify(code) });
}

async function sendPassword(requests: LoginRequests, code?: string): Promise<Requirement> {
  await requests.dologin(code);
  const required = await requests.requirement();
  // An assumption: a deployment that rejects a new cookie at `GET api/v1/auth` requires nothing more.
  return required === "login" ? "nothing" : required;
}

function isComplete(required: Requirement): boolean {
  if (required === "enrolment") throw mustEnrol();
  return required === "nothing";
}
