import {
  type AnyVmsError,
  type Credentials,
  type FlowContext,
  isVmsError,
  type Login,
  type RetryOptions,
  type SecondFactorVerdict,
} from "@vms/core";
import { codeNotTaken, lateCode, mustEnrol, wrongCode } from "./errors.ts";
import { createLoginRequests, type LoginRequests, type ReceivedCookie, type Requirement } from "./login-requests.ts";
import type { AltaCodeIn } from "./options.ts";
import { type AltaData, type AltaUser, METHODS, vaCookie } from "./wire.ts";

type AltaLogin = Login<AltaData, AltaUser>;

/** How many codes one login tries. The vendor does not document how many wrong codes lock a user. */
const CODES = 3;

/** An attempt that failed for a temporary reason, so that the next attempt can continue it. */
interface UnfinishedAttempt {
  readonly cookie: ReceivedCookie | undefined;
  /** Identifies the login: the core asks for credentials once for all attempts of a login. */
  readonly credentials: Credentials;
  readonly attempts: number;
}

/**
 * Creates the `login` of one session. After a network failure, a 429 or a 5xx, the next attempt continues the login:
 * it does not send the password again, and does not ask again for a code that the vendor accepted. Another login never
 * continues it, because the session may have been signed out in between.
 */
export function createSignIn(
  codeIn: AltaCodeIn,
  retry: RetryOptions = {},
): (context: FlowContext) => Promise<AltaLogin> {
  let unfinished: UnfinishedAttempt | undefined;

  return async (context) => {
    const credentials = await context.credentials();
    const before = unfinished;
    unfinished = undefined;
    const sameLogin = before?.credentials === credentials;
    if (before?.cookie !== undefined && !sameLogin) {
      await createLoginRequests(context, credentials, before.cookie).signOut();
    }
    const attempts = (sameLogin ? before.attempts : 0) + 1;
    const requests = createLoginRequests(context, credentials, sameLogin ? before.cookie : undefined);
    try {
      return await (codeIn === "login" ? withCodeInLogin : withCodeAfterLogin)(context, requests);
    } catch (error) {
      const cookie = requests.cookie();
      const isRetried = isVmsError(error) && willRetry(error, attempts, retry);
      // After an abort nothing can be sent here: the core signs out the session that is returned.
      const unwanted = context.signal.aborted || (isVmsError(error) && error.code === "session_closed");
      if (unwanted && cookie !== undefined) return requests.login();
      if (isRetried) unfinished = { cookie, credentials, attempts };
      else await requests.signOut();
      throw error;
    }
  };
}

// The core's rule and defaults. If the two differ, the next login ends the unfinished session.
function willRetry(
  error: AnyVmsError,
  attempts: number,
  { attempts: most = 3, maxRetryAfter = 20_000 }: RetryOptions,
): boolean {
  return error.retryable && attempts < most && (error.retryAfter ?? 0) <= maxRetryAfter;
}

async function withCodeAfterLogin(context: FlowContext, requests: LoginRequests): Promise<AltaLogin> {
  let required = await requests.requirement();
  if (required === "login") required = await signIn(requests);
  if (isComplete(required)) return requests.login();

  const verify = async (code: string): Promise<SecondFactorVerdict<AltaLogin>> => {
    requests.restartTimer();
    if (required === "login") {
      required = await signIn(requests);
      if (isComplete(required)) return { accepted: requests.login() };
    }
    const answer = await requests.totp(code);
    const { status } = answer;
    if (answer.ok || (status < 400 && vaCookie(answer.headers) !== undefined)) return { accepted: requests.login() };
    // An assumption: each of these statuses means a wrong code. A 401 can also mean that the session has ended.
    if (status !== 400 && status !== 401 && status !== 403) throw answer.failure();
    if (status === 401) required = await requests.requirement();
    return required === "login"
      ? { refused: "late", error: lateCode() }
      : { refused: "wrong", error: wrongCode(status) };
  };
  return context.secondFactor({ methods: METHODS, codes: CODES, verify: ({ code }) => verify(code) });
}

// An assumption, taken from one client: `dologin` accepts the code in its body.
async function withCodeInLogin(context: FlowContext, requests: LoginRequests): Promise<AltaLogin> {
  const finish = (required: Requirement): AltaLogin => {
    if (isComplete(required)) return requests.login();
    throw codeNotTaken();
  };
  const required = await requests.requirement();
  if (required !== "login") return finish(required);
  const verify = async (code: string): Promise<SecondFactorVerdict<AltaLogin>> => {
    requests.restartTimer();
    // A refusal is thrown, and no further code is asked for: the password may be wrong (guarantee 10).
    return { accepted: finish(await signIn(requests, code)) };
  };
  return context.secondFactor({ methods: METHODS, codes: CODES, verify: ({ code }) => verify(code) });
}

async function signIn(requests: LoginRequests, code?: string): Promise<Requirement> {
  await requests.dologin(code);
  const required = await requests.requirement();
  // An assumption: a deployment that rejects a new cookie here does not support the question, and requires nothing.
  return required === "login" ? "nothing" : required;
}

function isComplete(required: Requirement): boolean {
  if (required === "enrolment") throw mustEnrol();
  return required === "nothing";
}
