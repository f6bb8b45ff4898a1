import { InvalidCredentials, type Session, type SessionOptions } from "@vms/core";
import { createSession, type Flow, parseBaseUrl, validate } from "@vms/core/flow";
import * as z from "zod/mini";

// ZoneMinder, "API": a login returns an access token and a refresh token.
// Calls carry the access token in the query.
// The refresh token returns new access tokens for a day.
// It cannot be renewed, and no request revokes a token.

/** The two tokens of a login. */
interface ZoneMinderData {
  readonly access: string;
  readonly refresh: string;
}

/** The user who signed in. */
export interface ZoneMinderUser {
  readonly name: string;
}

const vendor = "zoneminder";
const text = z.string().check(z.minLength(1));
const accessSchema = z.object({ access_token: text, access_token_expires: z.number() });
const loginSchema = z.extend(accessSchema, { refresh_token: text, refresh_token_expires: z.number() });
const dataSchema = z.object({ access: text, refresh: text });

function zoneMinderFlow(baseUrl: URL): Flow<ZoneMinderData, ZoneMinderUser> {
  return {
    vendor,
    baseUrl,

    async login(context) {
      const { username, password } = await context.credentials();
      const body = new URLSearchParams({ user: username, pass: password });
      const response = await context.send("host/login.json", { body });
      if (response.status === 401) {
        const problem = "the server rejected the user name or the password (401).";
        throw new InvalidCredentials(vendor, problem, { status: 401 });
      }
      if (!response.ok) throw response.toError();
      const tokens = response.json(loginSchema);
      return {
        data: { access: tokens.access_token, refresh: tokens.refresh_token },
        user: { name: username },
        expiresIn: tokens.access_token_expires * 1_000,
        extendableFor: tokens.refresh_token_expires * 1_000,
      };
    },

    async extend(context, { data: { refresh } }) {
      const response = await context.send("host/login.json", { body: new URLSearchParams({ token: refresh }) });
      if (!response.ok) throw response.toError(); // the core then signs in
      const { access_token, access_token_expires } = response.json(accessSchema);
      return { data: { access: access_token, refresh }, expiresIn: access_token_expires * 1_000 };
    },

    authorize: ({ data }) => ({ searchParams: { token: data.access } }),

    parse: (data) => validate(dataSchema, data, vendor, "the stored session"),
  };
}

/** Creates a session with ZoneMinder. */
export function createZoneMinderSession({
  baseUrl,
  ...options
}: SessionOptions & { readonly baseUrl: string | URL }): Session<ZoneMinderUser> {
  return createSession(zoneMinderFlow(parseBaseUrl(vendor, baseUrl)), options);
}
