import type { CredentialsProvider } from "./credentials.ts";
import type { KeptLoginHistory } from "./kept-login-history.ts";
import type { LoginLimiter } from "./login-limiter.ts";
import type { SecondFactor } from "./second-factor.ts";
import type { SessionStore } from "./session-store.ts";

/** How a login is retried after a network failure, 429 or 5xx. */
export interface RetryOptions {
  /** Attempts, including the first. Default: 3. */
  readonly attempts?: number;
  /** The limit of the first delay, which is random, in ms. The limit doubles each time. Default: 500. */
  readonly minDelay?: number;
  /** The limit of any delay, and the wait after an unreadable `Retry-After`, in ms. Default: 10,000. */
  readonly maxDelay?: number;
  /** The longest `Retry-After` that a login waits for, in ms. A longer one fails the login. Default: 20,000. */
  readonly maxRetryAfter?: number;
}

/** How many logins a session may make. */
export interface LoginBudget {
  /** Logins that may follow each other immediately. Default: 5. */
  readonly atOnce?: number;
  /** Additional logins per minute. Default: 5. */
  readonly perMinute?: number;
}

/** Signs of an ended session that the vendor does not document, or that a sign-on system in front of it sends. */
export interface SessionEndSigns {
  /** Response statuses from 400 to 599, for example `[403, 419]`. Default: none. */
  readonly status?: readonly number[];
  /**
   * Login pages that calls are redirected to, as paths on any host or as URLs, for example `"/login"`. Subpages match
   * too; queries are ignored. Such a redirect is not followed. Default: none.
   */
  readonly redirectTo?: readonly string[];
  /** Whether a 2xx HTML page is a sign, unless the call has `text/html` in `Accept`. Default: `false`. */
  readonly html?: boolean;
}

/** The options that all vendors share. */
export interface SessionOptions<C = CredentialsProvider> {
  /** A user name and password, or a function that returns them at each login. */
  readonly credentials: C;
  /**
   * Returns a second-factor code, for example `totp(secret)` from `@vms/core/totp`. Called once per login that needs a
   * code, and again after a wrong code, up to the limit of the vendor's package.
   *
   * It may wait for a person, which pauses `timeout`. Background renewals call it only if it is marked by
   * `nonInteractive`. Default: a login that needs a code fails with `second_factor_required`.
   */
  readonly secondFactor?: SecondFactor;
  /**
   * The `fetch` for all requests, for example for a private CA or a proxy. Its responses need `Headers` and web streams
   * as bodies; otherwise a login fails with `invalid_options`. Its errors reach the caller as the same object, except
   * network failures. Default: the global `fetch`, looked up per request.
   */
  readonly fetch?: typeof globalThis.fetch;
  /** Where to share the session with other processes. Default: nowhere; it stays in this session object. */
  readonly store?: SessionStore;
  /**
   * Cookies of a session that was signed in elsewhere, for example from `parseCookiesTxt`, used instead of a first
   * login. Fails with `invalid_options` if the vendor's sessions are not cookies. Default: none.
   */
  readonly cookies?: Readonly<Record<string, string>>;
  /**
   * The time limit of a login, renewal or sign-out with retries, in ms. Calls are limited by their own signal only.
   * Default: 30,000.
   */
  readonly timeout?: number;
  /** Allows `http://` to hosts other than loopback, where credentials can be read on the network. Default: `false`. */
  readonly allowInsecureHttp?: boolean;
  /**
   * More origins that calls may go to, with the credential: `https://host` or `https://*.host`. Wildcards before an IP
   * address, a top-level domain or a common shared domain (`co.uk`, `github.io`) are refused. Default: none.
   */
  readonly allowedOrigins?: readonly string[];
  /** The `User-Agent` of every request, if the runtime allows one. Default: `vms-<vendor>`. */
  readonly userAgent?: string;
  /**
   * How long before its expiry a session is renewed in the background, in ms, at most half of its lifetime. Default:
   * random, so that a fleet does not renew at once. The first renewal is in the second half of the lifetime, later ones
   * in its last tenth.
   */
  readonly renewBefore?: number;
  /** How long a session lives after its login, in ms, if the vendor's expiry is not earlier. Default: the vendor's. */
  readonly lifetime?: number;
  /** How long a session lives after its last use, in ms. Default: the vendor package's value. */
  readonly idleTimeout?: number;
  /** How a failed login is retried. Default: the defaults of `RetryOptions`. */
  readonly retry?: RetryOptions;
  /**
   * Limits logins caused by rejected calls, by `login()`, or by sessions that expired within 60 s. Beyond it, calls
   * without a session fail with `login_limited`. Default: 5 at once, and 5 per minute.
   */
  readonly loginBudget?: LoginBudget;
  /** Limits the logins of all sessions that share it, for example `loginLimiter({ perMinute: 60 })`. Default: none. */
  readonly loginLimiter?: LoginLimiter;
  /** The account's login history, which a `sessionPool` passes to `open`. Default: none. */
  readonly loginHistory?: KeptLoginHistory;
  /**
   * After how long refused credentials are sent again unchanged, in ms. Each attempt can count towards an account
   * lockout. Default: never.
   */
  readonly retryRefusedAfter?: number;
  /**
   * The largest streamed body, including a `Request`'s, that is kept for sending it again, in bytes. If the vendor
   * rejects a call with a larger one, the caller gets the rejection. Default: 1,048,576 (1 MiB).
   */
  readonly replayLimit?: number;
  /**
   * More signs of an ended session, after which the call is sent again with a new login. A call that stays forbidden
   * causes no more logins while other calls are accepted. Default: none.
   *
   * An assumption: a vendor, or a single sign-on in front of it, rejects an ended session as the vendor's package
   * expects, usually with 401. In `@vms/simulator`: `sessionEndedAs`.
   */
  readonly sessionEndedOn?: SessionEndSigns;
  /** Returns the current time in ms since the epoch, for tests. Durations follow it, timers do not. Default: `Date.now`. */
  readonly now?: () => number;
}
