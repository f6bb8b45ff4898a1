import { InvalidOptions } from "../errors/invalid-options.ts";
import { checkOrigins } from "../net/origin-pattern.ts";
import { type ApiKeyProvider, type CredentialsProvider, checkCredentials } from "./credentials.ts";
import type { KeptLoginHistory } from "./kept-login-history.ts";
import { checkNames, checkSessionOptionNames } from "./known-names.ts";
import type { LoginLimiter } from "./login-limiter.ts";
import type { LoginBudget, RetryOptions, SessionEndSigns, SessionOptions } from "./options.ts";
import type { SecondFactor } from "./second-factor.ts";
import type { SessionStore } from "./session-store.ts";

export interface Settings {
  readonly credentials: CredentialsProvider | ApiKeyProvider;
  readonly secondFactor: SecondFactor | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly store: SessionStore | undefined;
  readonly timeout: number;
  readonly allowInsecureHttp: boolean;
  readonly allowedOrigins: readonly string[];
  readonly userAgent: string;
  readonly renewBefore: number | undefined;
  readonly lifetime: number | undefined;
  readonly idleTimeout: number | undefined;
  readonly retry: Required<RetryOptions>;
  readonly loginBudget: Required<LoginBudget>;
  readonly loginLimiter: LoginLimiter | undefined;
  readonly loginHistory: KeptLoginHistory | undefined;
  readonly replayLimit: number;
  // Absent if not given, to save memory in most sessions.
  readonly cookies?: Readonly<Record<string, string>>;
  readonly retryRefusedAfter?: number;
  readonly sessionEndedOn?: Required<SessionEndSigns>;
  readonly now?: () => number;
}

const RETRY: Required<RetryOptions> = Object.freeze({
  attempts: 3,
  minDelay: 500,
  maxDelay: 10_000,
  maxRetryAfter: 20_000,
});

const LOGIN_BUDGET: Required<LoginBudget> = Object.freeze({ atOnce: 5, perMinute: 5 });

const REPLAY_LIMIT = 1_048_576;

const END_SIGNS: Required<SessionEndSigns> = Object.freeze({ status: [], redirectTo: [], html: false });

// Looked up per request, so that a test's interceptor applies.
const globalFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);

/**
 * @param rules the credentials that the flow accepts.
 * @throws {InvalidOptions} `invalid_options` for an unknown, missing or malformed option. The message says what to
 * write.
 */
export function checkOptions(
  vendor: string,
  options: SessionOptions<CredentialsProvider | ApiKeyProvider>,
  rules: Parameters<typeof checkCredentials>[2] = {},
): Settings {
  const wrong = (what: string): never => {
    throw new InvalidOptions(vendor, what);
  };
  checkSessionOptionNames(vendor, options);

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
  checkNames(vendor, retry, RETRY, "retry");
  const { attempts = RETRY.attempts } = retry;
  if (!Number.isInteger(attempts) || attempts <= 0) wrong("`retry.attempts` must be a whole number above 0 (logins).");
  const delay = (name: "minDelay" | "maxDelay" | "maxRetryAfter") =>
    duration(`retry.${name}`, retry[name]) ?? RETRY[name];
  const { cookies, loginBudget = LOGIN_BUDGET, loginLimiter, loginHistory } = options;
  if (loginLimiter !== undefined && typeof loginLimiter?.run !== "function") {
    wrong("`loginLimiter` must have the method run, for example `loginLimiter()`.");
  }
  if (loginHistory !== undefined && loginHistory?.kind !== "login-history") {
    wrong("`loginHistory` must come from a `sessionPool`.");
  }
  if (typeof loginBudget !== "object" || loginBudget === null) wrong("`loginBudget` must be an object.");
  checkNames(vendor, loginBudget, LOGIN_BUDGET, "loginBudget");
  const { atOnce = LOGIN_BUDGET.atOnce, perMinute = LOGIN_BUDGET.perMinute } = loginBudget;
  if (!Number.isInteger(atOnce) || atOnce <= 0) wrong("`loginBudget.atOnce` must be a whole number above 0 (logins).");
  if (!Number.isFinite(perMinute) || perMinute <= 0)
    wrong("`loginBudget.perMinute` must be a number above 0 (logins).");
  const { replayLimit = REPLAY_LIMIT } = options;
  if (!Number.isInteger(replayLimit) || replayLimit < 0) {
    wrong("`replayLimit` must be a whole number of bytes, at least 0.");
  }
  const isCookies = typeof cookies === "object" && cookies !== null && !Array.isArray(cookies);
  if (cookies !== undefined && !(isCookies && Object.values(cookies).every((value) => typeof value === "string"))) {
    wrong("`cookies` must be an object of cookies by name, for example from `parseCookiesTxt`.");
  }

  const settings: Settings = {
    credentials:
      typeof options.credentials === "function"
        ? options.credentials
        : checkCredentials(vendor, options.credentials, rules),
    secondFactor: callable("secondFactor", options.secondFactor, "a function, for example `totp(secret)`"),
    fetch: callable("fetch", options.fetch, "a function like the global fetch") ?? globalFetch,
    store,
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
    loginBudget: loginBudget === LOGIN_BUDGET ? LOGIN_BUDGET : { atOnce, perMinute },
    loginLimiter,
    loginHistory,
    replayLimit,
  };
  const retryRefusedAfter = duration("retryRefusedAfter", options.retryRefusedAfter);
  const now = callable("now", options.now, "a function that returns ms since the epoch");
  const { sessionEndedOn } = options;
  if ([cookies, retryRefusedAfter, now, sessionEndedOn].every((rare) => rare === undefined)) return settings;
  return {
    ...settings,
    ...(cookies === undefined ? {} : { cookies }),
    ...(retryRefusedAfter === undefined ? {} : { retryRefusedAfter }),
    ...(now === undefined ? {} : { now }),
    ...(sessionEndedOn === undefined ? {} : { sessionEndedOn: checkEndSigns(sessionEndedOn, vendor, wrong) }),
  };
}

function checkEndSigns(
  given: SessionEndSigns,
  vendor: string,
  wrong: (what: string) => never,
): Required<SessionEndSigns> {
  if (typeof given !== "object" || given === null) wrong("`sessionEndedOn` must be an object.");
  checkNames(vendor, given, END_SIGNS, "sessionEndedOn");
  const { status = [], redirectTo = [], html = false } = given;
  if (!Array.isArray(status) || !status.every((one) => Number.isInteger(one) && one >= 400 && one <= 599)) {
    wrong("`sessionEndedOn.status` must be a list of statuses from 400 to 599, for example [403, 419].");
  }
  if (!Array.isArray(redirectTo) || !redirectTo.every(isPageAddress)) {
    wrong('`sessionEndedOn.redirectTo` must be a list of paths or URLs without a query, for example ["/login"].');
  }
  if (typeof html !== "boolean") wrong("`sessionEndedOn.html` must be true or false.");
  return { status: [...status], redirectTo: [...redirectTo], html };
}

// A query is never compared, and a path without a slash would depend on the call.
function isPageAddress(address: unknown): boolean {
  return (
    typeof address === "string" &&
    /^(\/(?![/\\])|https?:\/\/)[^?#\s]*$/i.test(address) &&
    URL.canParse(address, "https://host")
  );
}
