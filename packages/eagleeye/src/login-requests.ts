import type { AnyVmsError, SecondFactorMethod } from "@vms/core";
import type { FlowContext, FlowRequest, FlowResponse } from "@vms/core/flow";
import { apiKeyHeaders } from "./credential.ts";
import { authenticateFailure, sendFailure } from "./errors.ts";
import type { EagleEyeSettings } from "./options.ts";
import type { EagleEyeUser } from "./user.ts";
import { authenticatedSchema, type EagleEyeData, secondFactorOf } from "./wire.ts";

/** How long a login token is valid, in ms. */
const TOKEN_LIFETIME = 30_000;
/** How long a login token is valid if a second factor is required, in ms. */
const TOKEN_LIFETIME_SECOND_FACTOR = 15 * 60_000;

/** A session that the vendor has opened, and the base URL of its calls. */
export interface OpenedSession {
  readonly data: EagleEyeData;
  readonly baseUrl: URL;
}

/** What a login keeps for its next try. */
export interface EagleEyeDraft {
  /** The session of this login, which may still be on another account. */
  opened: OpenedSession;
  /** The `tfa_key` after authorize, so that a code that the vendor accepted is not asked for again. */
  tfaKey: string;
}

export type EagleEyeContext = FlowContext<EagleEyeData, EagleEyeUser, EagleEyeDraft>;

/** The single-use token that authenticate returns and authorize expects. */
export interface LoginToken {
  readonly token: string;
  /** In ms of `context.elapsed()`, counted from the request: the token cannot be older. */
  readonly usableUntil: number;
  /** The second-factor methods, if a second factor is required. */
  readonly secondFactor: readonly SecondFactorMethod[] | undefined;
}

/** The requests of a login whose form depends on the options. */
export interface LoginRequests {
  authenticate(context: EagleEyeContext, tfaKey?: string): Promise<LoginToken>;
  /**
   * Requests that the vendor sends a code.
   * @returns an error to report if another method may be tried.
   */
  sendCode(context: EagleEyeContext, token: string, type: SecondFactorMethod["type"]): Promise<AnyVmsError | undefined>;
  /** The response can have any status. A token may be sent once. */
  authorize(context: EagleEyeContext, token: string, code?: string): Promise<FlowResponse>;
  /** Switches a session to another account. The response can have any status. */
  switchAccount(context: EagleEyeContext, session: OpenedSession, account: string): Promise<FlowResponse>;
}

export function createLoginRequests(settings: EagleEyeSettings): LoginRequests {
  const { body, realm, rememberTokenPlacement } = settings;
  const headersWithKey = apiKeyHeaders(settings);

  function encode(fields: Record<string, string>): Pick<FlowRequest, "json" | "body"> {
    return body === "json" ? { json: fields } : { body: new URLSearchParams(fields) };
  }

  return {
    async authenticate(context, tfaKey) {
      const { username, password } = await context.credentials();
      const sentAt = context.elapsed();
      const inBody = tfaKey !== undefined && rememberTokenPlacement === "parameter" ? { tfa_key: tfaKey } : {};
      const inCookie =
        tfaKey !== undefined && rememberTokenPlacement === "cookie" ? { cookie: `tfa_key=${tfaKey}` } : {};
      const fields = { username, password, ...(realm === undefined ? {} : { realm }), ...inBody };
      const request = { ...encode(fields), headers: { ...headersWithKey, ...inCookie } };
      const response = await context.send("g/aaa/authenticate", request);
      if (!response.ok) throw authenticateFailure(response);
      const found = response.json(authenticatedSchema);
      const secondFactor = secondFactorOf(found, context.redact);
      const lifetime = secondFactor === undefined ? TOKEN_LIFETIME : TOKEN_LIFETIME_SECOND_FACTOR;
      return { token: found.token, usableUntil: sentAt + lifetime, secondFactor };
    },

    async sendCode(context, token, type) {
      const request = { ...encode({ token, two_factor_authentication_type: type }), headers: headersWithKey };
      const response = await context.send("g/aaa/two_factor_authenticate", request);
      if (response.ok) return undefined;
      const failure = sendFailure(response, type);
      if (response.status === 412 || response.status === 415) return failure;
      throw failure;
    },

    authorize(context, token, code) {
      const fields = { token, ...(code === undefined ? {} : { two_factor_authentication_code: code }) };
      return context.send("g/aaa/authorize", { ...encode(fields), headers: headersWithKey });
    },

    switchAccount: (context, { data, baseUrl }, account) =>
      context.send(new URL("g/aaa/switch_account", baseUrl), { ...encode({ account_id: account }), as: data }),
  };
}

/** Asks for the user of a session. The response can have any status. */
export function askUser(context: EagleEyeContext, { data, baseUrl }: OpenedSession): Promise<FlowResponse> {
  return context.send(new URL("g/user", baseUrl), { method: "GET", as: data });
}

/** Ends a session at the vendor. A 401 means that it has already ended. */
export async function signOut(context: EagleEyeContext, { data, baseUrl }: OpenedSession): Promise<void> {
  const response = await context.send(new URL("g/aaa/logout", baseUrl), { as: data });
  if (!response.ok && response.status !== 401) throw response.toError();
}
