import { closestMatch } from "leven";
import { InvalidOptions } from "../errors/invalid-options.ts";
import type { SessionOptions } from "./options.ts";
import type { VendorDescription } from "./vendor-description.ts";

// An object, so that the compiler reports a missing name.
const SESSION_OPTIONS: Readonly<Record<keyof SessionOptions | "baseUrl", true>> = {
  // Belongs to the flow, but `createSession(flowOf(options), options)` may pass it on.
  baseUrl: true,
  credentials: true,
  secondFactor: true,
  fetch: true,
  store: true,
  cookies: true,
  timeout: true,
  allowInsecureHttp: true,
  allowedOrigins: true,
  userAgent: true,
  renewBefore: true,
  lifetime: true,
  idleTimeout: true,
  retry: true,
  loginBudget: true,
  loginLimiter: true,
  loginHistory: true,
  retryRefusedAfter: true,
  replayLimit: true,
  sessionEndedOn: true,
  now: true,
};

/**
 * Rejects unknown option names. Call it before you check any value, so that a misspelled name is reported as such.
 * @param options the user's options, which are returned.
 * @throws {InvalidOptions} `invalid_options` if a name is unknown or the options are not an object. The message names
 * the closest known name.
 * @example
 * const { baseUrl, realm, ...common } = checkOptionNames(describe, options);
 */
export function checkOptionNames<O extends SessionOptions>(
  describe: Pick<VendorDescription<Exclude<keyof O & string, keyof SessionOptions | "baseUrl">>, "vendor" | "options">,
  options: O,
): O {
  return checkSessionOptionNames(describe.vendor, options, describe.options);
}

export function checkSessionOptionNames<O extends SessionOptions<unknown>>(
  vendor: string,
  options: O,
  own: object = {},
): O {
  if (typeof options !== "object" || options === null) {
    throw new InvalidOptions(vendor, "the options must be an object.");
  }
  checkNames(vendor, options, { ...own, ...SESSION_OPTIONS });
  return options;
}

/**
 * @param where the function or option that the error names. Default: none, for the session's options.
 * @throws {InvalidOptions} `invalid_options` for an unknown name. The message names the closest known one.
 */
export function checkNames(vendor: string, given: object, known: object, where?: string): void {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(known, name)) continue;
    const start = where === undefined ? "" : `${quote(where)}: `;
    throw new InvalidOptions(
      vendor,
      `${start}there is no option ${quote(name)}. ${suggestion(name, Object.keys(known))}`,
    );
  }
}

export function suggestion(name: string, known: readonly string[]): string {
  const closest = closestMatch(name, known, { maxDistance: Math.max(2, Math.floor(name.length * 0.4)) });
  return closest === undefined ? `Use one of ${known.map(quote).join(", ")}.` : `Did you mean ${quote(closest)}?`;
}

/** A long name is shortened, because it may not be a name at all. */
export function quote(name: string): string {
  return `\`${name.length > 40 ? `${name.slice(0, 40)}…` : name}\``;
}
