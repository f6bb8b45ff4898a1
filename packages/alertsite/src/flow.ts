import { base64Utf8, type Flow, peekJson } from "@vms/core";
import { loginFailure } from "./errors.ts";
import type { AlertSiteTransport } from "./session.ts";
import { type AlertSiteData, type AlertSiteUser, acceptedSchema, parseData, statusOf, statusSchema } from "./wire.ts";

/** How long a session lives after its last use, in ms. */
const IDLE_TIMEOUT = 15 * 60_000;

/** An answer that says that the session is gone has no results in it: it is far smaller than this, in bytes. */
const PEEK_LIMIT = 4_096;

/** The flow's options, checked. */
export interface AlertSiteFlowOptions {
  readonly baseUrl: URL;
  readonly transport: AlertSiteTransport;
  /** Values of `metadata.status` on a call by which the session is gone. */
  readonly sessionGoneCodes: ReadonlySet<number>;
}

/**
 * Signs in to SmartBear AlertSite: login and password for a session id. There is no logout at the vendor.
 * @see AlertSite JSON API, "Login" and "Authentication"
 */
export function alertSiteFlow(options: AlertSiteFlowOptions): Flow<AlertSiteData, AlertSiteUser> {
  return {
    vendor: "alertsite",
    baseUrl: options.baseUrl,

    async login(context) {
      const { username, password } = await context.credentials();
      const answer = await context.send("login", { json: { login: username, password } });
      // The body tells success from failure, whatever the HTTP status: that one is not documented.
      const outcome = (answer.ok ? answer.json(statusSchema) : answer.jsonIf(statusSchema))?.metadata;
      if (outcome?.status !== 0) throw loginFailure(answer, outcome, context.redact);
      const { login = username, session } = answer.json(acceptedSchema).metadata;
      return { data: { login: username, session }, user: { login }, idleTimeout: IDLE_TIMEOUT };
    },

    authorize({ data: { login, session } }) {
      if (options.transport === "query") return { searchParams: { login, session } };
      return { headers: { authorization: `Bearer ${base64Utf8(`${login}:${session}`)}` } };
    },

    isRejected: (response) => response.status === 401 || saysGone(response),

    parse: parseData,
  };

  // Only these codes: to sign in anew on every code but zero would lock accounts.
  async function saysGone(response: Response): Promise<boolean> {
    const code = statusOf(await peekJson(response, PEEK_LIMIT));
    return code !== undefined && options.sessionGoneCodes.has(code);
  }
}
