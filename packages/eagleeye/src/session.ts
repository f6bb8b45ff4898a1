import {
  createSession,
  InvalidOptions,
  parseBaseUrl,
  type Session,
  type SessionOptions,
  type WaitOptions,
} from "@vms/core";
import { eagleEyeFlow } from "./flow.ts";
import { isAuthenticated } from "./is-authenticated.ts";
import type { EagleEyeUser } from "./user.ts";

const DEFAULT_BASE_URL = "https://login.eagleeyenetworks.com";

/** How the requests of signing in carry their parameters: as a form, or as JSON. */
export type EagleEyeBody = "form" | "json";

/** Where the session id goes on a call: its cookie, or the query's parameter `A`. */
export type EagleEyeTransport = "cookie" | "query";

/** What a session with Eagle Eye Networks is made of. */
export interface EagleEyeOptions extends SessionOptions {
  /**
   * Where to sign in. Default: `https://login.eagleeyenetworks.com`. Below the vendor's domain, calls then go to
   * `https://<active_brand_subdomain>.eagleeyenetworks.com`; with another host, such as a proxy's, they stay there.
   */
  readonly baseUrl?: string | URL | undefined;
  /** How the requests of signing in carry their parameters. Default: `"form"`. */
  readonly body?: EagleEyeBody | undefined;
  /**
   * Where the session id goes on a call. `"query"` is for what cannot send a cookie; addresses then hold the session id,
   * and proxies and servers log addresses. Default: `"cookie"`.
   */
  readonly transport?: EagleEyeTransport | undefined;
  /**
   * The realm to sign in to, for example `eagleeyenetworks`. Default: none is sent.
   *
   * An assumption: that it travels as the parameter `realm` of authenticate. The vendor speaks of a realm and does not
   * say where it goes; old clients send it so.
   */
  readonly realm?: string | undefined;
  /**
   * The API key, a secret. Default: none is sent.
   *
   * An assumption: that it travels as the header `Authentication: <key>`, on every request. The sources conflict.
   */
  readonly apiKey?: string | undefined;
}

/** A session with Eagle Eye Networks. */
export interface EagleEyeSession extends Session<EagleEyeUser> {
  /**
   * Asks the vendor whether this session is alive. It never waits for a login: without a live session here, the
   * answer is `false` without a request. It counts as a use of the session (an assumption: the vendor does not say so).
   * @throws {RateLimited} (`rate_limited`) for 429.
   * @throws {VendorUnavailable} (`vendor_unavailable`) for 5xx, and without an answer within `timeout`.
   * @throws {UnexpectedResponse} (`unexpected_response`) for any status but 200 and 401.
   * @see Eagle Eye Networks API, "Is Auth"
   */
  isAuthenticated(options?: WaitOptions): Promise<boolean>;
}

/**
 * Makes a session with Eagle Eye Networks (classic API). It does no I/O: the first call signs in.
 * The vendor does not tell how long a session lives: give `lifetime` and `idleTimeout` if you know your account's.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 * @throws {InsecureTransport} (`insecure_transport`) for `http://` to a host that is not loopback.
 * @see Eagle Eye Networks API, "Authentication"
 */
export function createEagleEyeSession(options: EagleEyeOptions): EagleEyeSession {
  const { baseUrl, body = "form", transport = "cookie", realm, apiKey } = options ?? {};
  const check = (right: boolean, what: string): void => {
    if (!right) throw new InvalidOptions("eagleeye", what);
  };
  check(body === "form" || body === "json", '`body` must be "form" or "json".');
  check(transport === "cookie" || transport === "query", '`transport` must be "cookie" or "query".');
  check(realm === undefined || (typeof realm === "string" && realm !== ""), "`realm` must be a non-empty string.");
  check(
    apiKey === undefined || (typeof apiKey === "string" && /^[\x21-\x7e]+$/.test(apiKey)),
    "`apiKey` must be a non-empty string of printable ASCII without spaces.",
  );
  const base = parseBaseUrl("eagleeye", baseUrl ?? DEFAULT_BASE_URL);
  const session = createSession(eagleEyeFlow({ baseUrl: base, body, transport, realm, apiKey }), options);
  // Onto the session itself: a copy would freeze `info` as it is now.
  return Object.assign(session, {
    isAuthenticated: (wait: WaitOptions = {}) => isAuthenticated(session, options, wait),
  });
}
