import type { Answer, Credentials, FlowContext, FlowRequest, Login } from "@vms/core";
import { loginRefused, noCookie } from "./errors.ts";
import {
  type AltaData,
  type AltaUser,
  authSchema,
  cookieHeader,
  lifetimeOf,
  remainingLifetime,
  type Va,
  vaCookie,
} from "./wire.ts";

/** How long an error waits for the sign-out of a failed login, in ms. */
const SIGN_OUT_TIMEOUT = 2_000;

/** What the vendor still requires before the session is usable. `"login"`: it does not know the session. */
export type Requirement = "nothing" | "code" | "enrolment" | "login";

/** A cookie, and when the request that set it was sent (ms since the epoch). */
export interface ReceivedCookie {
  readonly va: Va;
  readonly since: number;
}

/** The requests of a login. The cookie of one request is sent with the next. */
export interface LoginRequests {
  /** The cookie, if the vendor has set one. */
  cookie(): ReceivedCookie | undefined;
  /** Call it after waiting for a code: the core counts the session's lifetime from the next request. */
  restartTimer(): void;
  /** Exchanges user name and password for a cookie. */
  dologin(code?: string): Promise<void>;
  /** Asks what the vendor still requires. Sends nothing without a cookie. */
  requirement(): Promise<Requirement>;
  /** Sends a code. The answer can have any status. */
  totp(code: string): Promise<Answer>;
  /** The result of the login. */
  login(): Login<AltaData, AltaUser>;
  /** Best-effort sign-out of a session that will not be used. Never throws. */
  signOut(): Promise<void>;
}

/** @param kept the cookie of an earlier attempt, if there is one. */
export function createLoginRequests(
  context: FlowContext,
  { username, password }: Credentials,
  kept: ReceivedCookie | undefined,
): LoginRequests {
  let received = kept;
  let startedAt: number | undefined;

  async function send(path: string, request: FlowRequest): Promise<Answer> {
    const since = context.now();
    startedAt ??= since;
    const headers = received === undefined ? {} : cookieHeader(received.va.value);
    const answer = await context.send(path, { ...request, headers });
    // Any successful answer may replace the cookie. The cookie of a refusal is no session.
    const va = answer.status < 400 ? vaCookie(answer.headers) : undefined;
    if (va !== undefined) received = { va, since };
    return answer;
  }

  return {
    cookie: () => received,

    restartTimer() {
      startedAt = undefined;
    },

    async dologin(code) {
      received = undefined;
      const json = { username, password, ...(code === undefined ? {} : { code }) };
      const answer = await send("api/v1/dologin", { json });
      // The cookie decides, not the status: some deployments answer a successful login with a redirect.
      if (received !== undefined) return;
      if (answer.status === 401) throw loginRefused(code !== undefined);
      throw answer.ok ? noCookie(answer.status) : answer.failure();
    },

    async requirement() {
      if (received === undefined) return "login";
      const answer = await send("api/v1/auth", { method: "GET" });
      if (answer.status === 401) return "login";
      if (answer.status === 429 || answer.status >= 500) throw answer.failure();
      // An assumption: a deployment without this route, or with another answer, requires nothing more.
      const { mfaResetRequired, mfaChallengeRequired } = (answer.ok ? answer.jsonIf(authSchema) : undefined) ?? {};
      if (mfaResetRequired === true) return "enrolment";
      return mfaChallengeRequired === true ? "code" : "nothing";
    },

    totp: (code) => send("api/v1/totp", { json: { code, name: "" } }),

    login() {
      if (received === undefined || startedAt === undefined) throw new TypeError("nobody has signed in yet");
      const { va, since } = received;
      return { data: { va: va.value }, user: { username }, ...remainingLifetime(lifetimeOf(va), startedAt - since) };
    },

    async signOut() {
      if (received === undefined) return;
      const { promise: done, resolve } = Promise.withResolvers<void>();
      // A vendor that does not answer must not delay the login's error.
      const timer = setTimeout(resolve, SIGN_OUT_TIMEOUT);
      send("api/v1/logout", {}).then(
        () => resolve(),
        () => resolve(),
      );
      await done;
      clearTimeout(timer);
    },
  };
}
