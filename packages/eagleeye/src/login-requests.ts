import type { Answer, AnyVmsError, FlowContext, FlowRequest, SecondFactorMethod } from "@vms/core";
import { apiKeyHeader, credentialOf } from "./credential.ts";
import { authenticateFailure, sendFailure } from "./errors.ts";
import type { EagleEyeSettings } from "./options.ts";
import type { EagleEyeUser } from "./user.ts";
import { authenticatedSchema, type EagleEyeData, type SessionCookie, secondFactorOf } from "./wire.ts";

/** How long a login token is valid, in ms. */
const TOKEN_LIFETIME = 30_000;
/** How long a login token is valid if a second factor is required, in ms. */
const TOKEN_LIFETIME_SECOND_FACTOR = 15 * 60_000;

export type EagleEyeContext = FlowContext<EagleEyeData, EagleEyeUser>;

/** The single-use token that authenticate returns and authorize expects. */
export interface LoginToken {
  readonly token: string;
  /** In ms since the epoch, counted from the request: the token cannot be older. */
  readonly usableUntil: number;
  /** The second-factor methods, if a second factor is required. */
  readonly secondFactor: readonly SecondFactorMethod[] | undefined;
}

/** The requests of a login, and of a session that the login has opened. */
export interface LoginRequests {
  authenticate(context: EagleEyeContext, tfaKey?: string): Promise<LoginToken>;
  /**
   * Requests that the vendor sends a code.
   * @returns an error to report if another method may be tried.
   */
  sendCode(context: EagleEyeContext, token: string, type: SecondFactorMethod["type"]): Promise<AnyVmsError | undefined>;
  /** The answer can have any status. A token may be sent once. */
  authorize(context: EagleEyeContext, token: string, code?: string): Promise<Answer>;
  /** Sends a request with the credential of a session to its base URL. */
  asSession(
    context: EagleEyeContext,
    session: SessionCookie,
    baseUrl: string | URL,
    path: string,
    request?: { readonly method?: string; readonly fields?: Record<string, string> },
  ): Promise<Answer>;
}

export function createLoginRequests(settings: EagleEyeSettings): LoginRequests {
  const { body, realm, apiKey, tfaKeyIn } = settings;
  const headersWithKey = apiKeyHeader(apiKey);

  function encode(fields: Record<string, string>): FlowRequest {
    return body === "json" ? { json: fields } : { body: new URLSearchParams(fields) };
  }

  return {
    async authenticate(context, tfaKey) {
      const { username, password } = await context.credentials();
      const sentAt = context.now();
      const inBody = tfaKey !== undefined && tfaKeyIn === "parameter" ? { tfa_key: tfaKey } : {};
      const inCookie = tfaKey !== undefined && tfaKeyIn === "cookie" ? { cookie: `tfa_key=${tfaKey}` } : {};
      const fields = { username, password, ...(realm === undefined ? {} : { realm }), ...inBody };
      const request = { ...encode(fields), headers: { ...headersWithKey, ...inCookie } };
      const answer = await context.send("g/aaa/authenticate", request);
      if (!answer.ok) throw authenticateFailure(answer);
      const found = answer.json(authenticatedSchema);
      const secondFactor = secondFactorOf(found, context.redact);
      const lifetime = secondFactor === undefined ? TOKEN_LIFETIME : TOKEN_LIFETIME_SECOND_FACTOR;
      return { token: found.token, usableUntil: sentAt + lifetime, secondFactor };
    },

    async sendCode(context, token, type) {
      const request = { ...encode({ token, two_factor_authentication_type: type }), headers: headersWithKey };
      const answer = await context.send("g/aaa/two_factor_authenticate", request);
      if (answer.ok) return undefined;
      const failure = sendFailure(answer, type);
      if (answer.status === 412 || answer.status === 415) return failure;
      throw failure;
    },

    authorize(context, token, code) {
      const fields = { token, ...(code === undefined ? {} : { two_factor_authentication_code: code }) };
      return context.send("g/aaa/authorize", { ...encode(fields), headers: headersWithKey });
    },

    asSession(context, session, baseUrl, path, { method = "POST", fields } = {}) {
      const { searchParams = {}, cookies = {} } = credentialOf(settings, session);
      const url = new URL(path, baseUrl);
      for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);
      const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
      const headers = { ...headersWithKey, ...(cookie.length === 0 ? {} : { cookie: cookie.join("; ") }) };
      return context.send(url, { method, ...(fields === undefined ? {} : encode(fields)), headers });
    },
  };
}
