import type { Answer, Credentials, FlowContext, FlowRequest, Login } from "@vms/core";
import { loginRefused, noCookie } from "./errors.ts";
import { type AltaData, type AltaUser, aged, cookieHeader, lifetimeOf, owedSchema, type Va, vaCookie } from "./wire.ts";

/** How long an error waits for the sign-out of what a failed login leaves behind, in ms. */
const SIGN_OUT_PATIENCE = 2_000;

/** What the vendor still wants before the session is good; `"gone"` where it knows of no session. */
export type Owed = "nothing" | "code" | "enrolment" | "gone";

/** A cookie, and when the request was sent that it answered (ms since the epoch). */
export interface Held {
  readonly va: Va;
  readonly since: number;
}

/** The requests of signing in, and the cookie that passes from one to the next. */
export interface Conversation {
  /** The cookie, once the vendor has given one. */
  held(): Held | undefined;
  /** Told that a code was waited for: the core counts the session from the next request. */
  waited(): void;
  /** User name and password for a cookie. */
  dologin(code?: string): Promise<void>;
  /** Asks what is owed; sends nothing where no cookie is held. */
  owes(): Promise<Owed>;
  /** Pays with a code. Any status may come of it. */
  totp(code: string): Promise<Answer>;
  /** What the login yields. */
  login(): Login<AltaData, AltaUser>;
  /** Ends at the vendor what nobody will use, as well as that can be done. It never throws. */
  signOut(): Promise<void>;
}

/** Opens a conversation, with the cookie of an earlier one where that was kept. */
export function converse(
  context: FlowContext,
  { username, password }: Credentials,
  kept: Held | undefined,
): Conversation {
  let held = kept;
  let startedAt: number | undefined;

  async function send(path: string, request: FlowRequest): Promise<Answer> {
    const since = context.now();
    startedAt ??= since;
    const headers = held === undefined ? {} : cookieHeader(held.va.value);
    const answer = await context.send(path, { ...request, headers });
    // Any answer may set the cookie anew; with a refusal it is no session.
    const va = answer.status < 400 ? vaCookie(answer.headers) : undefined;
    if (va !== undefined) held = { va, since };
    return answer;
  }

  return {
    held: () => held,

    waited() {
      startedAt = undefined;
    },

    async dologin(code) {
      held = undefined;
      const json = { username, password, ...(code === undefined ? {} : { code }) };
      const answer = await send("api/v1/dologin", { json });
      // Held by now, also where a deployment answers a good login with a redirect: that was seen in the field.
      if (held !== undefined) return;
      if (answer.status === 401) throw loginRefused(code !== undefined);
      throw answer.ok ? noCookie(answer.status) : answer.failure();
    },

    async owes() {
      if (held === undefined) return "gone";
      const answer = await send("api/v1/auth", { method: "GET" });
      if (answer.status === 401) return "gone";
      if (answer.status === 429 || answer.status >= 500) throw answer.failure();
      // An assumption: a deployment that does not have this, or says something else there, wants no more.
      const { mfaResetRequired, mfaChallengeRequired } = (answer.ok ? answer.jsonIf(owedSchema) : undefined) ?? {};
      if (mfaResetRequired === true) return "enrolment";
      return mfaChallengeRequired === true ? "code" : "nothing";
    },

    totp: (code) => send("api/v1/totp", { json: { code, name: "" } }),

    login() {
      if (held === undefined || startedAt === undefined) throw new TypeError("nobody has signed in yet");
      const { va, since } = held;
      return { data: { va: va.value }, user: { username }, ...aged(lifetimeOf(va), startedAt - since) };
    },

    async signOut() {
      if (held === undefined) return;
      const { promise: over, resolve } = Promise.withResolvers<void>();
      // A vendor that does not answer must not keep the error from whoever waits for it.
      const timer = setTimeout(resolve, SIGN_OUT_PATIENCE);
      send("api/v1/logout", {}).then(
        () => resolve(),
        () => resolve(),
      );
      await over;
      clearTimeout(timer);
    },
  };
}
