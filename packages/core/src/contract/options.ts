import type { CredentialsProvider } from "./credentials.ts";
import type { KeptLoginHistory } from "./kept-login-history.ts";
import type { LoginLimiter } from "./login-limiter.ts";
import type { SecondFactor } from "./second-factor.ts";
import type { SessionStore } from "./session-store.ts";

/** How a failed login is retried. Only network failures, 429 and 5xx are retried. */
export interface RetryOptions {
  /** How many times a login is sent, including the first. Default: 3. */
  readonly attempts?: number;
  /** The upper limit of the first delay, in ms. The limit doubles each time; the delay is a random part of it. Default: 500. */
  readonly minDelay?: number;
  /** The highest limit of a delay, and the wait after a `Retry-After` that cannot be read, in ms. Default: 10,000. */
  readonly maxDelay?: number;
  /**
   * The longest `Retry-After` that a login waits for, in ms. If it is longer, the login fails with `retryAfter`.
   * Default: 20,000.
   */
  readonly maxRetryAfter?: number;
}

/** How many logins a session may make. */
export interface LoginBudget {
  /** How many logins may follow each other without a pause. Default: 5. */
  readonly atOnce?: number;
  /** How many further logins each minute allows. Default: 5. */
  readonly perMinute?: number;
}

/** Signs of an ended session that a vendor does not document, or that a sign-on in front of the vendor sends. */
export interface SessionEndSigns {
  /** Statuses of a response, for example `[403, 419]`: 400 to 599. Default: none. */
  readonly status?: readonly number[];
  /**
   * The login pages that a call is redirected to: paths, for example `"/login"`, or URLs, for example
   * `"https://sign-on.example/login"`. A path counts on every host. The pages below an address count as well; a query is
   * ignored. Such a redirect is not followed. Default: none.
   */
  readonly redirectTo?: readonly string[];
  /**
   * Whether an HTML page with a status of 200 to 299 is a sign. It is none if the call has `text/html` in `Accept`. Default:
   * `false`.
   */
  readonly html?: boolean;
}

/** The options that all vendors share. */
export interface SessionOptions<C = CredentialsProvider> {
  /** The user name and password, or a function that returns them. The function is called at each login. */
  readonly credentials: C;
  /**
   * Returns the code of a second factor, for example `totp(secret)` of `@vms/core/totp`. It is called once in each login that
   * needs a code, and again after a wrong code. The vendor's package states the limit.
   *
   * It may wait for a person: `timeout` does not count meanwhile. A renewal in the background calls it only if it is marked
   * by `nonInteractive`.
   * Default: a login that needs a code fails with `second_factor_required`.
   */
  readonly secondFactor?: SecondFactor;
  /**
   * The `fetch` for all requests, for example for a private CA or a proxy. Its responses need `Headers` and web streams as
   * bodies; otherwise a login fails with `invalid_options`. What it throws reaches the caller as the same object, apart from
   * failures of the network. Default: the global one, looked up at each request.
   */
  readonly fetch?: typeof globalThis.fetch;
  /** Where the session is stored for other processes. Default: only in this session object. */
  readonly store?: SessionStore;
  /**
   * The cookies of a session that was signed in elsewhere, for example from `parseCookiesTxt`. The session starts with them
   * instead of a login. If the vendor's sessions are not cookies, the option fails with `invalid_options`. Default: none.
   */
  readonly cookies?: Readonly<Record<string, string>>;
  /**
   * The time limit of a login, renewal or sign-out with its retries, in ms. Calls are limited by their own signal.
   * Default: 30,000.
   */
  readonly timeout?: number;
  /** Allows `http://` to a host that is not loopback. Credentials can then be read on the network. Default: `false`. */
  readonly allowInsecureHttp?: boolean;
  /**
   * Other origins that calls may go to. They receive the credential. Write `https://host` or `https://*.host`. A wildcard
   * before an IP address, a top-level domain or a frequent shared domain (`co.uk`, `github.io`) is refused. Default: none.
   */
  readonly allowedOrigins?: readonly string[];
  /** The `User-Agent` of every request, if the runtime allows one. Default: `vms-<vendor>`. */
  readonly userAgent?: string;
  /**
   * How long before its expiry a session is renewed in the background, in ms. At most half of the lifetime is used.
   * Default: at a random time, so that a fleet does not renew at once. The first renewal after a login is in the second half
   * of the lifetime, later ones are in its last tenth.
   */
  readonly renewBefore?: number;
  /**
   * How long a session lives after its login, in ms, if you know it. The earlier of this and the vendor's expiry is
   * used. Default: the vendor's.
   */
  readonly lifetime?: number;
  /**
   * How long a session lives after its last use, in ms, if you know it. It replaces what the vendor's package knows.
   * Default: the vendor's.
   */
  readonly idleTimeout?: number;
  /** How a failed login is retried. Default: the defaults of `RetryOptions`. */
  readonly retry?: RetryOptions;
  /**
   * How many logins the session may make that are caused by rejected calls, by `login()`, or by a session that expired within
   * 60 s. When they are used up, calls without a session fail with `login_limited`. Default: 5 at once, and 5 per minute.
   */
  readonly loginBudget?: LoginBudget;
  /**
   * Limits the logins of all sessions that have the same limiter, for example `loginLimiter({ perMinute: 60 })`. Default:
   * none.
   */
  readonly loginLimiter?: LoginLimiter;
  /** What is remembered of earlier logins of this account. A `sessionPool` passes it to your `open`. Default: nothing. */
  readonly loginHistory?: KeptLoginHistory;
  /**
   * After how long refused credentials are sent again, in ms, although nothing has changed. Each time can count towards a lock
   * of the account. Default: never.
   */
  readonly retryRefusedAfter?: number;
  /**
   * The largest streamed body that is kept in memory until its response arrives, so that it can be sent again, in bytes. A
   * body of a `Request` is streamed as well. A larger one passes through: if the vendor rejects it, the caller gets the
   * rejection. Default: 1,048,576 (1 MiB).
   */
  readonly replayLimit?: number;
  /**
   * Further signs in the response to a call that the session has ended, besides those that the vendor's package knows. The
   * call is then sent again after a new login. The rules for rejected calls apply: for example, a call that is still forbidden
   * after the login causes no more logins while other calls are accepted, and the caller gets its response. Default: none.
   *
   * An assumption: a vendor, and a sign-on in front of it, rejects an ended session as the vendor's package says, mostly with
   * 401. In `@vms/simulator`: `sessionEndedAs`.
   */
  readonly sessionEndedOn?: SessionEndSigns;
  /** The current time in ms since the epoch, for tests. Durations do not follow it. Default: `Date.now`. */
  readonly now?: () => number;
}
