import { base64Utf8, type Flow, tryPeekJson } from "@vms/core/flow";
import { loginFailure } from "./errors.ts";
import type { AlertSiteSettings } from "./options.ts";
import { type AlertSiteData, type AlertSiteUser, acceptedSchema, parseData, statusOf, statusSchema } from "./wire.ts";

/**
 * How long a session lasts after its last use, in ms: documented.
 *
 * An assumption: a failed call counts as a use of the session. In `@vms/simulator`: `failedCallIsUse`.
 */
const IDLE_TIMEOUT = 15 * 60_000;

/** The response for an expired session contains no results: it is far smaller than this, in bytes. */
const PEEK_LIMIT = 4_096;

/**
 * Signs in to SmartBear AlertSite: login and password for a session id. The vendor has no logout.
 * @see AlertSite JSON API, "Login" and "Authentication"
 */
export function alertSiteFlow(settings: AlertSiteSettings): Flow<AlertSiteData, AlertSiteUser> {
  const { baseUrl, transport, expiredSessionCodes } = settings;
  return {
    vendor: "alertsite",
    baseUrl,

    async login(context) {
      const { username, password } = await context.credentials();
      const response = await context.send("login", { json: { login: username, password } });
      // The body decides, because the HTTP status is not documented.
      const outcome = (response.ok ? response.json(statusSchema) : response.safeJson(statusSchema))?.metadata;
      if (outcome?.status !== 0) throw loginFailure(response, outcome, context.redact);
      const { login = username, session } = response.json(acceptedSchema).metadata;
      return { data: { login: username, session }, user: { login }, idleTimeout: IDLE_TIMEOUT };
    },

    authorize({ data: { login, session } }) {
      if (transport === "query") return { searchParams: { login, session } };
      return { headers: { authorization: `Bearer ${base64Utf8(`${login}:${session}`)}` } };
    },

    isRejected: (response) => response.status === 401 || hasGoneCode(response),

    parse: parseData,
  };

  // A new login for every code but zero would lock accounts.
  async function hasGoneCode(response: Response): Promise<boolean> {
    const code = statusOf(await tryPeekJson(response, PEEK_LIMIT));
    return code !== undefined && expiredSessionCodes.has(code);
  }
}
