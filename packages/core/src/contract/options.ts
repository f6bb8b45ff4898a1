import type { CredentialsSource } from "./credentials.ts";
import type { SecondFactor } from "./second-factor.ts";
import type { SessionStore } from "./session-store.ts";

/** How often and how patiently a failed login is tried again. Only faults of the network, 429 and 5xx are. */
export interface RetryOptions {
  /** Logins in all, the first included. Default: 3. */
  readonly attempts?: number;
  /** The longest first wait, in ms; it doubles each time, and a random part of it is waited. Default: 500. */
  readonly minDelay?: number;
  /** The longest wait, in ms. Default: 10,000. */
  readonly maxDelay?: number;
  /** A `Retry-After` longer than this, in ms, is not waited for: the error says how long. Default: 20,000. */
  readonly maxRetryAfter?: number;
}

/** The options that all vendors have in common. */
export interface SessionOptions {
  /** The user name and password, or a function that is asked for them at each login. */
  readonly credentials: CredentialsSource;
  /**
   * Answers where the vendor asks for a second factor, for example `totp(secret)` of `@vms/core/totp`. It is asked once in
   * each login, and again after a wrong code, for at most as many codes as the vendor's package states. It may take its
   * time: `timeout` does not count meanwhile. A renewal in the background asks it only if it is marked by `unattended`.
   * Default: a login that needs a code fails with `second_factor_required`.
   */
  readonly secondFactor?: SecondFactor;
  /** What sends requests: the way to a private CA, a proxy or an agent. Default: the global `fetch`, looked up at each request. */
  readonly fetch?: typeof globalThis.fetch;
  /** Where the session is kept for other processes. Default: only in this session object. */
  readonly store?: SessionStore;
  /**
   * The cookies of a session that was signed in elsewhere, for example out of curl's `cookies.txt` by `parseCookiesTxt`.
   * The session begins with them instead of a login, where the vendor's sessions are cookies. Default: none.
   */
  readonly cookies?: Readonly<Record<string, string>>;
  /** How long signing in, renewing or signing out may take, retries included, in ms. Default: 30,000. Calls are bounded by their own signal. */
  readonly timeout?: number;
  /** Allow `http://` to a host that is not loopback: credentials can then be read on the way. Default: `false`. */
  readonly allowInsecureHttp?: boolean;
  /** Further origins that calls may go to, and that then see the credential: `https://host`, `https://*.host`. Default: none. */
  readonly allowedOrigins?: readonly string[];
  /** The `User-Agent` of every request, where the runtime lets one be set. Default: `vms-<vendor>`. */
  readonly userAgent?: string;
  /**
   * How long before its absolute end a session is renewed in the background, in ms.
   * Default: the smaller of 120,000 and a tenth of the lifetime. At most half the lifetime counts.
   */
  readonly renewBefore?: number;
  /** The session's lifetime from its login in ms, where you know it and the vendor does not say. The earlier end counts. */
  readonly lifetime?: number;
  /** How long the session lives after its last use in ms, where you know it and the vendor does not say. */
  readonly idleTimeout?: number;
  /** How logins are tried again. */
  readonly retry?: RetryOptions;
  /** The current time in ms since the epoch, for tests. Default: `Date.now`. */
  readonly now?: () => number;
}
