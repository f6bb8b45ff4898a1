import { InvalidCredentials, RateLimited, type Session, type SessionOptions, type VmsError } from "@vms/core";
import { createSession, type Flow, type FlowResponse, parseBaseUrl, validate } from "@vms/core/flow";
import * as z from "zod/mini";

// Node-RED, "Securing Node-RED", "Admin API": an OAuth 2.0 password grant, a bearer token, and a way to revoke it.

/** The user who signed in. */
export interface NodeRedUser {
  readonly name: string;
}

const vendor = "node-red";
const text = z.string().check(z.minLength(1));
const grantSchema = z.object({ access_token: text, expires_in: z.optional(z.number()) });
const refusalSchema = z.object({ error: z.string(), error_description: z.optional(z.string()) });

/** Five wrong passwords within ten minutes lock an account until the oldest one is ten minutes old. */
const LOCKED_FOR = 10 * 60_000;

function nodeRedFlow(baseUrl: URL): Flow<string, NodeRedUser> {
  return {
    vendor,
    baseUrl,

    async login(context) {
      const { username, password } = await context.credentials();
      const form = { client_id: "node-red-admin", grant_type: "password", scope: "*", username, password };
      const response = await context.send("auth/token", { body: new URLSearchParams(form) });
      if (!response.ok) throw loginError(response);
      const { access_token, expires_in } = response.json(grantSchema);
      // A token from the settings file does not expire, and has no `expires_in`.
      const expiresIn = expires_in === undefined ? undefined : expires_in * 1_000;
      return { data: access_token, user: { name: username }, expiresIn };
    },

    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data}` } }),

    async logout(context, { data }) {
      const response = await context.send("auth/revoke", { as: data, json: { token: data } });
      // A 401 means that the session has already ended.
      if (!response.ok && response.status !== 401) throw response.toError();
    },

    parse: (data) => validate(text, data, vendor, "the stored session"),
  };
}

function loginError(response: FlowResponse): VmsError {
  const { status } = response;
  const refusal = response.safeJson(refusalSchema);
  if (refusal?.error === "invalid_grant") {
    return new InvalidCredentials(vendor, `the server rejected the user name or the password (${status}).`, { status });
  }
  // A locked account gets a 500. Every attempt extends the lock, so it must not be retried.
  if (refusal?.error_description?.startsWith("Too many login attempts")) {
    const problem = `the account is locked for ten minutes, after five wrong passwords (${status}).`;
    return new RateLimited(vendor, problem, { status, retryAfter: LOCKED_FOR });
  }
  return response.toError();
}

/** Creates a session with Node-RED. */
export function createNodeRedSession({
  baseUrl,
  ...options
}: SessionOptions & { readonly baseUrl: string | URL }): Session<NodeRedUser> {
  return createSession(nodeRedFlow(parseBaseUrl(vendor, baseUrl)), options);
}
