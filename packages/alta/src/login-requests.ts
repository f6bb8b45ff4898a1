import type { Credentials } from "@vms/core";
import type { FlowContext, FlowRequest, FlowResponse, Login } from "@vms/core/flow";
import { loginRefused, noCookie } from "./errors.ts";
import { type AltaData, type AltaUser, authSchema, lifetimeOf, remainingLifetime, type Va, vaCookie } from "./wire.ts";

/** What a login keeps for its next try. */
export interface AltaDraft {
  /** The cookie that the vendor has set. Its session may still lack a code. */
  cookie: ReceivedCookie;
}

export type AltaContext = FlowContext<AltaData, AltaUser, AltaDraft>;

/** A cookie, and when the request that set it was sent (ms of `context.elapsed()`). */
interface ReceivedCookie {
  readonly va: Va;
  readonly since: number;
}

/** What the vendor still requires before the session is usable. `"login"`: it does not know the session. */
export type Requirement = "nothing" | "code" | "enrolment" | "login";

/** The requests of a login. The cookie of one request is sent with the next. */
export interface LoginRequests {
  /** Call it after waiting for a code: the core counts the session's lifetime from the next request. */
  restartTimer(): void;
  /** Exchanges user name and password for a cookie. */
  dologin(code?: string): Promise<void>;
  /** Asks what the vendor still requires. Sends nothing without a cookie. */
  requirement(): Promise<Requirement>;
  /** Sends a code. The response can have any status. */
  totp(code: string): Promise<FlowResponse>;
  /** The result of the login. */
  login(): Login<AltaData, AltaUser>;
}

export function createLoginRequests(
  context: AltaContext,
  baseUrl: URL,
  { username, password }: Credentials,
): LoginRequests {
  const { draft } = context;
  let startedAt: number | undefined;

  async function send(path: string, request: FlowRequest<AltaData>): Promise<FlowResponse> {
    const since = context.elapsed();
    startedAt ??= since;
    const as = draft.cookie === undefined ? {} : { as: dataOf(draft.cookie) };
    const response = await context.send(path, { ...request, ...as });
    // Any successful response can replace the cookie. An error response opens no session.
    const va = response.status < 400 ? vaCookie(response.headers, baseUrl) : undefined;
    if (va !== undefined) draft.cookie = { va, since };
    return response;
  }

  return {
    restartTimer() {
      startedAt = undefined;
    },

    async dologin(code) {
      // The vendor no longer knows an earlier cookie, so there is nothing to sign out.
      delete draft.cookie;
      const json = { username, password, ...(code === undefined ? {} : { code }) };
      const response = await send("api/v1/dologin", { json });
      // An assumption, seen in a client: a login that sets the cookie `va` is successful with any status, because some
      // deployments answer it with a redirect. In `@vms/simulator`: `loginStatus`.
      if (draft.cookie !== undefined) return;
      // An assumption, seen in a client: a 401 to the login means wrong credentials.
      if (response.status === 401) throw loginRefused(code !== undefined);
      throw response.ok ? noCookie(response.status) : response.toError();
    },

    async requirement() {
      if (draft.cookie === undefined) return "login";
      const response = await send("api/v1/auth", { method: "GET" });
      if (response.status === 401) return "login";
      if (response.status === 429 || response.status >= 500) throw response.toError();
      // An assumption, seen in a client: `GET api/v1/auth` returns `mfaChallengeRequired` if a code is required, and
      // `mfaResetRequired` if a second factor must be enrolled. Any other response, such as 404, means that nothing more is
      // required. In `@vms/simulator`: `authRoute`.
      const { mfaResetRequired, mfaChallengeRequired } =
        (response.ok ? response.safeJson(authSchema) : undefined) ?? {};
      if (mfaResetRequired === true) return "enrolment";
      return mfaChallengeRequired === true ? "code" : "nothing";
    },

    totp: (code) => send("api/v1/totp", { json: { code, name: "" } }),

    login() {
      const { cookie } = draft;
      if (cookie === undefined || startedAt === undefined) throw new TypeError("there is no session yet");
      const lifetime = remainingLifetime(lifetimeOf(cookie.va), startedAt - cookie.since);
      return { data: dataOf(cookie), user: { username }, ...lifetime };
    },
  };
}

/**
 * Ends a session at the vendor. A 401 means that it has already ended.
 *
 * An assumption, seen in a client: `POST api/v1/logout` ends the session.
 */
export async function signOut(context: AltaContext, data: AltaData): Promise<void> {
  const response = await context.send("api/v1/logout", { as: data });
  if (!response.ok && response.status !== 401) throw response.toError();
}

/** The session that a cookie identifies. */
export function dataOf({ va }: ReceivedCookie): AltaData {
  return { va: va.value };
}
