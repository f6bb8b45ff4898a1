import { type FlowContext, isVmsError, type Login, type SecondFactorVerdict } from "@vms/core";
import { type Conversation, converse, type Held, type Owed } from "./conversation.ts";
import { codeNotTaken, lateCode, mustEnrol, wrongCode } from "./errors.ts";
import type { AltaCodeIn } from "./session.ts";
import { type AltaData, type AltaUser, METHODS, vaCookie } from "./wire.ts";

type AltaLogin = Login<AltaData, AltaUser>;

/** How many codes one login tries. The vendor does not say after how many wrong ones it locks a user. */
const CODES = 3;

/** What a login left behind that failed for a passing reason. */
interface Left {
  readonly held: Held;
  readonly username: string;
  readonly password: string;
}

/**
 * Makes the sign-in of one session. It goes on where a network fault, a 429 or a 5xx broke it off: the password is not
 * sent once more, and a code that the vendor took is not asked for again.
 */
export function createSignIn(codeIn: AltaCodeIn): (context: FlowContext) => Promise<AltaLogin> {
  let left: Left | undefined;

  return async (context) => {
    const { username, password } = await context.credentials();
    const kept = left?.username === username && left.password === password ? left.held : undefined;
    left = undefined;
    const conversation = converse(context, { username, password }, kept);
    try {
      return await (codeIn === "login" ? withCodeInLogin : withCodeAfterLogin)(context, conversation);
    } catch (error) {
      const held = conversation.held();
      if (held === undefined) throw error;
      // Where nobody waits any more, nothing can be sent here: what is yielded then is signed out by the core.
      if (context.signal.aborted || (isVmsError(error) && error.code === "session_closed")) return conversation.login();
      if (isVmsError(error) && error.retryable) left = { held, username, password };
      else await conversation.signOut();
      throw error;
    }
  };
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
