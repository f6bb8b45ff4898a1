import type { Answer, AnyVmsError, Authorization, FlowContext, FlowRequest, SecondFactorMethod } from "@vms/core";
import { authenticateFailure, sendFailure } from "./errors.ts";
import type { EagleEyeBody, EagleEyeTfaKeyIn, EagleEyeTransport } from "./session.ts";
import type { EagleEyeUser } from "./user.ts";
import { authenticatedSchema, type EagleEyeData, type SessionCookie, secondFactorOf } from "./wire.ts";

/** How long the token lives between the two steps, in ms; and where a second factor has to be asked for. */
const TOKEN_LIFETIME = 30_000;
const TOKEN_LIFETIME_SECOND_FACTOR = 15 * 60_000;

/** How requests look, by the options. */
export interface StepOptions {
  readonly body: EagleEyeBody;
  readonly transport: EagleEyeTransport;
  readonly realm: string | undefined;
  readonly apiKey: string | undefined;
  readonly tfaKeyIn: EagleEyeTfaKeyIn;
}

/** What the core lends for a conversation. */
export type Context = FlowContext<EagleEyeData, EagleEyeUser>;

/** What stands between authenticate and authorize. */
export interface Ticket {
  readonly token: string;
  /** In ms since the epoch, counted from when authenticate was sent: a token cannot be older than that. */
  readonly usableUntil: number;
  /** The ways of a second factor, where one is asked for. */
  readonly secondFactor: readonly SecondFactorMethod[] | undefined;
}

/** The steps of signing in: each is one request. */
export interface Steps {
  authenticate(context: Context, tfaKey?: string): Promise<Ticket>;
  /**
   * Has a code sent for a token.
   * @returns an error to tell, where another way may be tried.
   */
  sendCode(context: Context, token: string, type: SecondFactorMethod["type"]): Promise<AnyVmsError | undefined>;
  /** Answers of any status. A token may be given to it once. */
  authorize(context: Context, token: string, code?: string): Promise<Answer>;
  /** A request as a session, at its home. */
  asSession(
    context: Context,
    session: SessionCookie,
    home: string | URL,
    path: string,
    request?: { readonly method?: string; readonly fields?: Record<string, string> },
  ): Promise<Answer>;
}

/** Where a session's credential goes. */
export function credential(
  { transport, apiKey }: StepOptions,
  { cookie, session }: SessionCookie,
): Partial<Authorization> {
  const headers = keyHeader(apiKey);
  return transport === "query"
    ? { headers, searchParams: { A: session } }
    : { headers, cookies: { [cookie]: session } };
}

export function createSteps(options: StepOptions): Steps {
  const { body, realm, apiKey, tfaKeyIn } = options;
  const withKey = keyHeader(apiKey);

  function carry(fields: Record<string, string>): FlowRequest {
    return body === "json" ? { json: fields } : { body: new URLSearchParams(fields) };
  }

  return {
    async authenticate(context, tfaKey) {
      const { username, password } = await context.credentials();
      const sentAt = context.now();
      const inBody = tfaKey !== undefined && tfaKeyIn === "parameter" ? { tfa_key: tfaKey } : {};
      const inCookie = tfaKey !== undefined && tfaKeyIn === "cookie" ? { cookie: `tfa_key=${tfaKey}` } : {};
      const fields = { username, password, ...(realm === undefined ? {} : { realm }), ...inBody };
      const request = { ...carry(fields), headers: { ...withKey, ...inCookie } };
      const answer = await context.send("g/aaa/authenticate", request);
      if (!answer.ok) throw authenticateFailure(answer);
      const found = answer.json(authenticatedSchema);
      const secondFactor = secondFactorOf(found, context.redact);
      const lifetime = secondFactor === undefined ? TOKEN_LIFETIME : TOKEN_LIFETIME_SECOND_FACTOR;
      return { token: found.token, usableUntil: sentAt + lifetime, secondFactor };
    },

    async sendCode(context, token, type) {
      const request = { ...carry({ token, two_factor_authentication_type: type }), headers: withKey };
      const answer = await context.send("g/aaa/two_factor_authenticate", request);
      if (answer.ok) return undefined;
      const failure = sendFailure(answer, type);
      if (answer.status === 412 || answer.status === 415) return failure;
      throw failure;
    },

    authorize(context, token, code) {
      const fields = { token, ...(code === undefined ? {} : { two_factor_authentication_code: code }) };
      return context.send("g/aaa/authorize", { ...carry(fields), headers: withKey });
    },

    asSession(context, session, home, path, { method = "POST", fields } = {}) {
      const { searchParams = {}, cookies = {} } = credential(options, session);
      const url = new URL(path, home);
      for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);
      const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
      const headers = { ...withKey, ...(cookie.length === 0 ? {} : { cookie: cookie.join("; ") }) };
      return context.send(url, { method, ...(fields === undefined ? {} : carry(fields)), headers });
    },
  };
}

/** The API key as a header, where there is one. */
export function keyHeader(apiKey: string | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { authentication: apiKey };
}
