import {
  type AnyVmsError,
  type Credentials,
  type FlowContext,
  isVmsError,
  type Login,
  type RetryOptions,
  type SecondFactorVerdict,
} from "@vms/core";
import { type Conversation, converse, type Held, type Owed } from "./conversation.ts";
import { codeNotTaken, lateCode, mustEnrol, wrongCode } from "./errors.ts";
import type { AltaCodeIn } from "./session.ts";
import { type AltaData, type AltaUser, METHODS, vaCookie } from "./wire.ts";

type AltaLogin = Login<AltaData, AltaUser>;

/** How many codes one login tries. The vendor does not say after how many wrong ones it locks a user. */
const CODES = 3;

/** What a try of a login left behind that failed for a passing reason. */
interface Left {
  readonly held: Held | undefined;
  /** The pair itself tells the tries of one login: the core asks for credentials once for all of them. */
  readonly pair: Credentials;
  readonly tries: number;
}

/**
 * Makes the sign-in of one session. A login that a network fault, a 429 or a 5xx broke off goes on at its next try: the
 * password is not sent once more, and a code that the vendor took is not asked for again. Another login never takes up
 * what this one left: there may have been a sign-out between them.
 */
export function createSignIn(
  codeIn: AltaCodeIn,
  retry: RetryOptions = {},
): (context: FlowContext) => Promise<AltaLogin> {
  let left: Left | undefined;

  return async (context) => {
    const pair = await context.credentials();
    const before = left;
    left = undefined;
    const sameLogin = before?.pair === pair;
    if (before?.held !== undefined && !sameLogin) await converse(context, pair, before.held).signOut();
    const tries = (sameLogin ? before.tries : 0) + 1;
    const conversation = converse(context, pair, sameLogin ? before.held : undefined);
    try {
      return await (codeIn === "login" ? withCodeInLogin : withCodeAfterLogin)(context, conversation);
    } catch (error) {
      const held = conversation.held();
      const goesOn = isVmsError(error) && isTriedAgain(error, tries, retry);
      // Where nobody waits any more, nothing can be sent here: what is yielded then is signed out by the core.
      const unwanted = context.signal.aborted || (isVmsError(error) && error.code === "session_closed");
      if (unwanted && held !== undefined) return conversation.login();
      if (goesOn) left = { held, pair, tries };
      else await conversation.signOut();
      throw error;
    }
  };
}

// As the core decides it, with its defaults. Where the two should differ, the next login ends what is left.
function isTriedAgain(
  error: AnyVmsError,
  tries: number,
  { attempts = 3, maxRetryAfter = 20_000 }: RetryOptions,
): boolean {
  return error.retryable && tries < attempts && (error.retryAfter ?? 0) <= maxRetryAfter;
}

async function withCodeAfterLogin(context: FlowContext, conversation: Conversation): Promise<AltaLogin> {
  let owed = await conversation.owes();
  if (owed === "gone") owed = await begin(conversation);
  if (isPaid(owed)) return conversation.login();

  const verify = async (code: string): Promise<SecondFactorVerdict<AltaLogin>> => {
    conversation.waited();
    if (owed === "gone") {
      owed = await begin(conversation);
      if (isPaid(owed)) return { accepted: conversation.login() };
    }
    const answer = await conversation.totp(code);
    const { status } = answer;
    if (answer.ok || (status < 400 && vaCookie(answer.headers) !== undefined))
      return { accepted: conversation.login() };
    // An assumption: each of these means a wrong code. A 401 can also mean that there is no login to pay for any more.
    if (status !== 400 && status !== 401 && status !== 403) throw answer.failure();
    if (status === 401) owed = await conversation.owes();
    return owed === "gone" ? { refused: "late", error: lateCode() } : { refused: "wrong", error: wrongCode(status) };
  };
  return context.secondFactor({ methods: METHODS, codes: CODES, verify: ({ code }) => verify(code) });
}

// An assumption, after one client: the code goes into the body of `dologin`, so that it has to be asked for before.
async function withCodeInLogin(context: FlowContext, conversation: Conversation): Promise<AltaLogin> {
  const finish = (owed: Owed): AltaLogin => {
    if (isPaid(owed)) return conversation.login();
    throw codeNotTaken();
  };
  const owed = await conversation.owes();
  if (owed !== "gone") return finish(owed);
  const verify = async (code: string): Promise<SecondFactorVerdict<AltaLogin>> => {
    conversation.waited();
    // A refusal is thrown, and not asked about again: the password may be what was wrong (law 10).
    return { accepted: finish(await begin(conversation, code)) };
  };
  return context.secondFactor({ methods: METHODS, codes: CODES, verify: ({ code }) => verify(code) });
}

async function begin(conversation: Conversation, code?: string): Promise<Owed> {
  await conversation.dologin(code);
  const owed = await conversation.owes();
  // An assumption: who refuses a cookie that was just given does not tell such things, and wants no more.
  return owed === "gone" ? "nothing" : owed;
}

function isPaid(owed: Owed): boolean {
  if (owed === "enrolment") throw mustEnrol();
  return owed === "nothing";
}
