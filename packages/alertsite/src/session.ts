import { createSession, InvalidOptions, parseBaseUrl, type Session, type SessionOptions } from "@vms/core";
import { alertSiteFlow } from "./flow.ts";
import type { AlertSiteUser } from "./wire.ts";

const DEFAULT_BASE_URL = "https://www.alertsite.com/alertsite-restapi";
const DEFAULT_GONE = ["40"];

/** Where the credential goes on a call: the `Authorization` header, or the query's `login` and `session`. */
export type AlertSiteTransport = "header" | "query";

/** What a session with SmartBear AlertSite is made of. */
export interface AlertSiteOptions extends SessionOptions {
  /** Where the JSON API is. Its path is kept. Default: `https://www.alertsite.com/alertsite-restapi`. */
  readonly baseUrl?: string | URL | undefined;
  /**
   * How calls show who they are. `"header"`: `Authorization: Bearer <base64 of login:session, as UTF-8>`;
   * `"query"`: `?login=…&session=…`. Default: `"header"`.
   */
  readonly transport?: AlertSiteTransport | undefined;
  /**
   * The values of `metadata.status` that, on a call, mean that the session is gone; the call is then sent once more
   * after a new login. HTTP 401 means it in any case. Decimal digits, not `"0"`; an empty list is allowed.
   *
   * An assumption: the vendor does not document how an ended session is answered. Default: `["40"]`, the code that a
   * refused login has.
   */
  readonly sessionGoneCodes?: readonly string[] | undefined;
}

/**
 * Makes a session with SmartBear AlertSite. It does no I/O: the first call signs in.
 * The session ends 15 minutes (900,000 ms) after its last use unless `idleTimeout` says otherwise.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 * @throws {InsecureTransport} (`insecure_transport`) for `http://` to a host that is not loopback.
 * @see AlertSite JSON API, "Login" and "Authentication"
 */
export function createAlertSiteSession(options: AlertSiteOptions): Session<AlertSiteUser> {
  const { baseUrl, transport = "header", sessionGoneCodes = DEFAULT_GONE } = options ?? {};
  if (transport !== "header" && transport !== "query") {
    throw new InvalidOptions("alertsite", '`transport` must be "header" or "query".');
  }
  if (!Array.isArray(sessionGoneCodes) || !sessionGoneCodes.every(isErrorCode)) {
    throw new InvalidOptions(
      "alertsite",
      '`sessionGoneCodes` must be a list of texts such as "40"; "0" means success.',
    );
  }
  const flow = alertSiteFlow({
    baseUrl: parseBaseUrl("alertsite", baseUrl ?? DEFAULT_BASE_URL),
    transport,
    sessionGoneCodes: new Set(sessionGoneCodes.map(Number)),
  });
  return createSession(flow, options);
}

function isErrorCode(code: unknown): boolean {
  return typeof code === "string" && /^\d{1,9}$/.test(code) && Number(code) !== 0;
}
