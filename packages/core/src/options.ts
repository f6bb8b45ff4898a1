import { type CredentialsSource, checkCredentials } from "./credentials.ts";
import { InvalidOptions } from "./errors/invalid-options.ts";
import type { SecondFactor } from "./second-factor.ts";
import type { SessionStore } from "./store.ts";
import { withSlash } from "./target.ts";

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

/** The options after checking, with all defaults in. */
export interface Settings {
  readonly credentials: CredentialsSource;
  readonly secondFactor: SecondFactor | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly store: SessionStore | undefined;
  readonly cookies: Readonly<Record<string, string>> | undefined;
  readonly timeout: number;
  readonly allowInsecureHttp: boolean;
  readonly allowedOrigins: readonly string[];
  readonly userAgent: string;
  readonly renewBefore: number | undefined;
  readonly lifetime: number | undefined;
  readonly idleTimeout: number | undefined;
  readonly retry: Required<RetryOptions>;
  readonly now: (() => number) | undefined;
}

const RETRY: Required<RetryOptions> = Object.freeze({
  attempts: 3,
  minDelay: 500,
  maxDelay: 10_000,
  maxRetryAfter: 20_000,
});
const NO_ORIGINS: readonly string[] = Object.freeze([]);

// Looked up late, so that what replaces it later (a test's interceptor) is used.
const globalFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);

/**
 * Checks the options.
 * @param passwordless whether the flow does without a password.
 * @throws {InvalidOptions} naming the option and what to write.
 */
export function checkOptions(vendor: string, options: SessionOptions, passwordless = false): Settings {
  const wrong = (what: string): never => {
    throw new InvalidOptions(vendor, what);
  };
  if (typeof options !== "object" || options === null) wrong("the options must be an object.");

  const duration = (name: string, value: unknown): number | undefined => {
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
    return wrong(`\`${name}\` must be a number above 0 (ms).`);
  };
  const callable = <F>(name: string, value: F | undefined, what: string): F | undefined =>
    value === undefined || typeof value === "function" ? value : wrong(`\`${name}\` must be ${what}.`);

  const { store, userAgent, allowInsecureHttp = false, retry = RETRY } = options;
  const storeMethods = ["get", "set", "delete"] as const;
  if (store !== undefined && !storeMethods.every((method) => typeof store?.[method] === "function")) {
    wrong("`store` must have the methods get, set and delete, for example `memoryStore()`.");
  }
  if (userAgent !== undefined && (typeof userAgent !== "string" || !/^[\x20-\x7e]+$/.test(userAgent))) {
    wrong("`userAgent` must be a non-empty string of printable ASCII.");
  }
  if (typeof allowInsecureHttp !== "boolean") wrong("`allowInsecureHttp` must be true or false.");
  if (typeof retry !== "object" || retry === null) wrong("`retry` must be an object.");
  const { attempts = RETRY.attempts } = retry;
  if (!Number.isInteger(attempts) || attempts <= 0) wrong("`retry.attempts` must be a whole number above 0 (logins).");
  const delay = (name: "minDelay" | "maxDelay" | "maxRetryAfter") =>
    duration(`retry.${name}`, retry[name]) ?? RETRY[name];
  const { cookies } = options;
  const isCookies = typeof cookies === "object" && cookies !== null && !Array.isArray(cookies);
  if (cookies !== undefined && !(isCookies && Object.values(cookies).every((value) => typeof value === "string"))) {
    wrong("`cookies` must be an object of cookies by name, for example of `parseCookiesTxt`.");
  }

  return {
    credentials:
      typeof options.credentials === "function"
        ? options.credentials
        : checkCredentials(vendor, options.credentials, passwordless),
    secondFactor: callable("secondFactor", options.secondFactor, "a function, for example `totp(secret)`"),
    fetch: callable("fetch", options.fetch, "a function like the global fetch") ?? globalFetch,
    store,
    cookies,
    timeout: duration("timeout", options.timeout) ?? 30_000,
    allowInsecureHttp,
    allowedOrigins: checkOrigins(vendor, options.allowedOrigins),
    userAgent: userAgent ?? `vms-${vendor}`,
    renewBefore: duration("renewBefore", options.renewBefore),
    lifetime: duration("lifetime", options.lifetime),
    idleTimeout: duration("idleTimeout", options.idleTimeout),
    retry:
      retry === RETRY
        ? RETRY
        : { attempts, minDelay: delay("minDelay"), maxDelay: delay("maxDelay"), maxRetryAfter: delay("maxRetryAfter") },
    now: callable("now", options.now, "a function that returns ms since the epoch"),
  };
}

function checkOrigins(vendor: string, origins: unknown): readonly string[] {
  if (origins === undefined) return NO_ORIGINS;
  if (Array.isArray(origins)) return origins.map((origin) => checkOrigin(vendor, origin));
  throw new InvalidOptions(vendor, '`allowedOrigins` must be a list, for example ["https://media.example.com"].');
}

function checkOrigin(vendor: string, origin: unknown): string {
  const match = typeof origin === "string" ? /^(https?:\/\/)(\*\.)?([^/\\?#@*\s]+)\/?$/i.exec(origin) : null;
  if (match !== null && URL.canParse(`${match[1]}${match[3]}`)) {
    const { protocol, host } = new URL(`${match[1]}${match[3]}`);
    return `${protocol}//${match[2] ?? ""}${host}`;
  }
  throw new InvalidOptions(
    vendor,
    "`allowedOrigins` must be origins such as https://media.example.com or https://*.example.com.",
  );
}

/**
 * Checks a base URL and gives it a trailing slash.
 * @throws {InvalidOptions} naming what to write.
 */
export function parseBaseUrl(vendor: string, value: unknown): URL {
  const text = value instanceof URL ? value.href : value;
  const wrong = (what: string): never => {
    throw new InvalidOptions(vendor, `\`baseUrl\` ${what}`);
  };
  if (typeof text !== "string" || text.trim() === "")
    return wrong("is missing: write https://host, with the vendor's host.");
  if (!/^https?:\/\//i.test(text.trim())) return wrong("must begin with https://, for example https://host.");
  if (!URL.canParse(text)) return wrong("is not a valid URL: write https://host or https://host/path.");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    return wrong("must not hold a user name or password: give them as `credentials`.");
  }
  if (url.search !== "" || url.hash !== "") return wrong("must not have a query or a fragment.");
  return withSlash(url);
}
