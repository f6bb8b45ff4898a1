import { InvalidOptions, type SecondFactor, type SessionOptions } from "@vms/core";
import { checkOptionNames, parseBaseUrl } from "@vms/core/flow";
import { describe } from "./describe.ts";

const DEFAULT_BASE_URL = "https://login.eagleeyenetworks.com";

/** The format of parameters in the requests of a login: a form, or JSON. */
export type EagleEyeBody = "form" | "json";

/** Where a call carries the session id: in its cookie, or in the query parameter `A`. */
export type EagleEyeTransport = "cookie" | "query";

/** Where authenticate carries a remembered `tfa_key`: in a parameter, or in a cookie. */
export type EagleEyeRememberTokenPlacement = "parameter" | "cookie";

/** The header that carries the API key. `KEY` stands for the key. */
export type EagleEyeApiKeyHeader =
  | "Authorization: KEY"
  | "Authorization: KEY:"
  | "Authentication: KEY"
  | "Authentication: KEY:";

const API_KEY_HEADERS: readonly unknown[] = [
  "Authorization: KEY",
  "Authorization: KEY:",
  "Authentication: KEY",
  "Authentication: KEY:",
] satisfies EagleEyeApiKeyHeader[];

/** Options of a session with Eagle Eye Networks. */
export interface EagleEyeOptions extends SessionOptions {
  /**
   * The address of the login. Default: `https://login.eagleeyenetworks.com`. In the vendor's domain, calls then go to
   * `https://<active_brand_subdomain>.eagleeyenetworks.com`. For any other host, such as a proxy, they go to this host.
   */
  readonly baseUrl?: string | URL | undefined;
  /** The format of parameters in the requests of a login. Default: `"form"`. */
  readonly body?: EagleEyeBody | undefined;
  /**
   * Where a call carries the session id. `"query"` is for tools that cannot send a cookie: URLs then contain the session
   * id, and proxies and servers log URLs. Default: `"cookie"`.
   */
  readonly transport?: EagleEyeTransport | undefined;
  /**
   * The realm of the login, for example `eagleeyenetworks`. Default: none is sent.
   *
   * An assumption, seen in clients: a realm is the parameter `realm` of authenticate. The vendor mentions a realm but does
   * not document how it is sent. In `@vms/simulator`: `realm`.
   */
  readonly realm?: string | undefined;
  /**
   * The API key, a secret. Each request carries it in the header `apiKeyHeader`. Default: none is sent.
   */
  readonly apiKey?: string | undefined;
  /**
   * The header that carries the API key, with `KEY` for the key. Default: `"Authorization: KEY"`.
   *
   * An assumption, seen in the vendor's sample: an API key is the whole value of the header `Authorization`. The vendor's text
   * describes `Authorization: KEY:`, and its `curl` commands send `Authentication: KEY:`.
   */
  readonly apiKeyHeader?: EagleEyeApiKeyHeader | undefined;
  /**
   * Returns the code that the vendor has sent by `sms` or `email`, if the vendor requires a second factor. One login tries
   * at most three codes, because the vendor locks a user permanently at the fourth wrong code. So verify the code before
   * you call `renew()` after `second_factor_rejected`. A code is valid for 15 minutes (900,000 ms).
   * Default: a login that needs a code fails with `second_factor_required`.
   */
  readonly secondFactor?: SecondFactor;
  /**
   * Where later logins carry the `tfa_key` of a login with a code, so that they need no code. Default: `"cookie"`.
   *
   * An assumption: the `tfa_key` is sent back as the cookie that set it. If every login needs a code, try `"parameter"`, the field
   * `tfa_key` of authenticate. In `@vms/simulator`: `rememberTokenPlacement`.
   */
  readonly rememberTokenPlacement?: EagleEyeRememberTokenPlacement | undefined;
  /**
   * The id of the account to work on, as in `g/account/list`: each login switches to it. Its sessions are separate from
   * those of other accounts, in a store too. Default: the user's own account, without a switch.
   */
  readonly account?: string | undefined;
}

/** The vendor's own options, validated and with their defaults. */
export interface EagleEyeSettings {
  readonly baseUrl: URL;
  readonly body: EagleEyeBody;
  readonly transport: EagleEyeTransport;
  readonly realm: string | undefined;
  readonly apiKey: string | undefined;
  readonly apiKeyHeader: EagleEyeApiKeyHeader;
  readonly rememberTokenPlacement: EagleEyeRememberTokenPlacement;
  readonly account: string | undefined;
}

/**
 * Validates the vendor's own options. The core validates the common ones.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 */
export function parseOptions(options: EagleEyeOptions): { settings: EagleEyeSettings; common: SessionOptions } {
  const {
    baseUrl = DEFAULT_BASE_URL,
    body = "form",
    transport = "cookie",
    rememberTokenPlacement = "cookie",
    realm,
    apiKey,
    apiKeyHeader = "Authorization: KEY",
    account,
    ...common
  } = checkOptionNames(describe, options);
  check(body === "form" || body === "json", '`body` must be "form" or "json".');
  check(transport === "cookie" || transport === "query", '`transport` must be "cookie" or "query".');
  check(
    rememberTokenPlacement === "parameter" || rememberTokenPlacement === "cookie",
    '`rememberTokenPlacement` must be "parameter" or "cookie".',
  );
  check(realm === undefined || isText(realm), "`realm` must be a non-empty string.");
  check(
    apiKey === undefined || (typeof apiKey === "string" && /^[\x21-\x7e]+$/.test(apiKey)),
    "`apiKey` must be a non-empty string of printable ASCII without spaces.",
  );
  check(
    API_KEY_HEADERS.includes(apiKeyHeader),
    `\`apiKeyHeader\` must be one of ${API_KEY_HEADERS.map((form) => `"${form}"`).join(", ")}.`,
  );
  if (account !== undefined) checkAccount(account);
  const base = parseBaseUrl("eagleeye", baseUrl);
  const headers = { apiKey, apiKeyHeader };
  return { settings: { baseUrl: base, body, transport, realm, ...headers, rememberTokenPlacement, account }, common };
}

/** @throws {InvalidOptions} `invalid_options` if the account is not a non-empty string. */
export function checkAccount(account: unknown): void {
  check(isText(account), '`account` must be the id of an account as a string, for example "00004206".');
}

function check(valid: boolean, message: string): void {
  if (!valid) throw new InvalidOptions("eagleeye", message);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
