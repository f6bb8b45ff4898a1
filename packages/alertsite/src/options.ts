import { InvalidOptions, type SessionOptions } from "@vms/core";
import { checkOptionNames, parseBaseUrl } from "@vms/core/flow";
import { describe } from "./describe.ts";

const DEFAULT_BASE_URL = "https://www.alertsite.com/alertsite-restapi";
const DEFAULT_EXPIRED = ["40"];

/** Where a call carries the credential: in the `Authorization` header, or as `login` and `session` in the query. */
export type AlertSiteTransport = "header" | "query";

/** Options of a session with SmartBear AlertSite. */
export interface AlertSiteOptions extends SessionOptions {
  /** The address of the JSON API. Its path is kept. Default: `https://www.alertsite.com/alertsite-restapi`. */
  readonly baseUrl?: string | URL | undefined;
  /**
   * Where a call carries the credential. `"header"`: `Authorization: Bearer <base64 of login:session, as UTF-8>`;
   * `"query"`: `?login=…&session=…`. Default: `"header"`.
   */
  readonly transport?: AlertSiteTransport | undefined;
  /**
   * Values of `metadata.status` in the response to a call that mean that the session has expired. The call is then sent
   * again after a new login. HTTP 401 always means it. Decimal digits, not `"0"`; an empty list is allowed.
   * Default: `["40"]`.
   *
   * An assumption: a call without a live session gets the code of a rejected login, 40, with any HTTP
   * status. In `@vms/simulator`: `expiredCode`, `errorStatus`.
   */
  readonly expiredSessionCodes?: readonly string[] | undefined;
}

/** The vendor's own options, validated and with their defaults. */
export interface AlertSiteSettings {
  readonly baseUrl: URL;
  readonly transport: AlertSiteTransport;
  readonly expiredSessionCodes: ReadonlySet<number>;
}

/**
 * Validates the vendor's own options. The core validates the common ones.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 */
export function parseOptions(options: AlertSiteOptions): { settings: AlertSiteSettings; common: SessionOptions } {
  const {
    baseUrl = DEFAULT_BASE_URL,
    transport = "header",
    expiredSessionCodes = DEFAULT_EXPIRED,
    ...common
  } = checkOptionNames(describe, options);
  if (transport !== "header" && transport !== "query") {
    throw new InvalidOptions("alertsite", '`transport` must be "header" or "query".');
  }
  if (!Array.isArray(expiredSessionCodes) || !expiredSessionCodes.every(isErrorCode)) {
    throw new InvalidOptions(
      "alertsite",
      '`expiredSessionCodes` must be a list of texts such as "40"; "0" means success.',
    );
  }
  const codes = new Set(expiredSessionCodes.map(Number));
  return { settings: { baseUrl: parseBaseUrl("alertsite", baseUrl), transport, expiredSessionCodes: codes }, common };
}

function isErrorCode(code: unknown): boolean {
  return typeof code === "string" && /^\d{1,9}$/.test(code) && Number(code) !== 0;
}
