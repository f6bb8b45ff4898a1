import {
  createSession,
  InvalidOptions,
  parseBaseUrl,
  type SecondFactor,
  type Session,
  type SessionOptions,
  type WaitOptions,
} from "@vms/core";
import { eagleEyeFlow } from "./flow.ts";
import { isAuthenticated } from "./is-authenticated.ts";
import type { EagleEyeUser } from "./user.ts";

const WRONG_ACCOUNT = '`account` must be the id of an account as a string, for example "00004206".';

const DEFAULT_BASE_URL = "https://login.eagleeyenetworks.com";

/** How the requests of signing in carry their parameters: as a form, or as JSON. */
export type EagleEyeBody = "form" | "json";

/** Where the session id goes on a call: its cookie, or the query's parameter `A`. */
export type EagleEyeTransport = "cookie" | "query";

/** How a remembered `tfa_key` goes to authenticate: as a parameter, or as a cookie. */
export type EagleEyeTfaKeyIn = "parameter" | "cookie";

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
  /**
   * Answers where the vendor asks for a second factor: gets the code that the vendor has sent by `sms` or `email`. One
   * login asks for at most three codes, because the vendor locks a user for good at the fourth wrong one. So make sure of
   * the code before you call `renew()` after `second_factor_rejected`. A code is good for 15 minutes.
   * Default: a login that needs a code fails with `second_factor_required`.
   */
  readonly secondFactor?: SecondFactor;
  /**
   * How the `tfa_key` of a login with a code goes to later ones, which then need no code. Default: `"cookie"`.
   *
   * An assumption: that it comes back as the cookie that it was set as. The vendor does not say so: where codes are asked
   * for again and again, use `"parameter"`, the field `tfa_key` of authenticate.
   */
  readonly tfaKeyIn?: EagleEyeTfaKeyIn | undefined;
  /**
   * The id of the account to work on, as `g/account/list` has it: each login switches to it. Its sessions are apart from
   * those of other accounts, also in a store. Default: the account that the user belongs to, without a switch.
   */
  readonly account?: string | undefined;
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
  /**
   * Makes a session of its own on another account of the same user, with this one's options. It sends nothing: its first
   * call signs in. Cookies that were given stay with this session: the switch of one session would switch the other.
   * @param account the account's id, as `g/account/list` has it.
   * @throws {InvalidOptions} (`invalid_options`) where it is not a non-empty string.
   */
  switchAccount(account: string): EagleEyeSession;
}

/**
 * Makes a session with Eagle Eye Networks (classic API). It does no I/O: the first call signs in.
 * The vendor does not tell how long a session lives: give `lifetime` and `idleTimeout` if you know your account's.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 * @throws {InsecureTransport} (`insecure_transport`) for `http://` to a host that is not loopback.
 * @see Eagle Eye Networks API, "Authentication"
 */
export function createEagleEyeSession(options: EagleEyeOptions): EagleEyeSession {
  const { baseUrl, body = "form", transport = "cookie", tfaKeyIn = "cookie", realm, apiKey, account } = options ?? {};
  const check = (right: boolean, what: string): void => {
    if (!right) throw new InvalidOptions("eagleeye", what);
  };
  check(body === "form" || body === "json", '`body` must be "form" or "json".');
  check(transport === "cookie" || transport === "query", '`transport` must be "cookie" or "query".');
  check(tfaKeyIn === "parameter" || tfaKeyIn === "cookie", '`tfaKeyIn` must be "parameter" or "cookie".');
  check(realm === undefined || isText(realm), "`realm` must be a non-empty string.");
  check(
    apiKey === undefined || (typeof apiKey === "string" && /^[\x21-\x7e]+$/.test(apiKey)),
    "`apiKey` must be a non-empty string of printable ASCII without spaces.",
  );
  check(account === undefined || isText(account), WRONG_ACCOUNT);
  const base = parseBaseUrl("eagleeye", baseUrl ?? DEFAULT_BASE_URL);
  const flow = eagleEyeFlow({ baseUrl: base, body, transport, realm, apiKey, tfaKeyIn, account });
  const session = createSession(flow, options);
  // A sign-out also forgets what no record holds yet.
  session.on("logout", () => flow.forget());
  // Onto the session itself: a copy would freeze `info` as it is now.
  return Object.assign(session, {
    isAuthenticated: (wait: WaitOptions = {}) => isAuthenticated(session, options, wait),
    switchAccount(to: string) {
      check(isText(to), WRONG_ACCOUNT);
      const { cookies: _, ...rest } = options;
      return createEagleEyeSession({ ...rest, account: to });
    },
  });
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
