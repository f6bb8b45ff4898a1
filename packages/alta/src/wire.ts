import type { SecondFactorMethod } from "@vms/core";
import { type Cookie, type Lifetime, readCookies, type Schema, validate } from "@vms/core/flow";
import * as v from "valibot";

/** The user who signed in. The vendor documents only the name. */
export interface AltaUser {
  /** The name that the user signed in with. */
  readonly username: string;
}

/** The secret of a session: the value of the cookie `va`. */
export interface AltaData {
  readonly va: string;
}

const text = v.pipe(v.string(), v.nonEmpty());

const dataSchema: Schema<AltaData> = v.looseObject({ va: text });

/** Validates the data of a stored session. */
export function parseData(data: unknown): AltaData {
  return validate(dataSchema, data, "alta", "the stored session");
}

/** The only second factor that the vendor documents: a code of an app. */
export const METHODS: readonly SecondFactorMethod[] = [{ type: "totp" }];

/** What the vendor requires before a session is usable. */
export interface AuthAnswer {
  readonly mfaResetRequired?: unknown;
  readonly mfaChallengeRequired?: unknown;
}

/** The response to `GET api/v1/auth`. It is not documented: a value other than `true` counts as absent. */
export const authSchema: Schema<AuthAnswer> = v.looseObject({});

/** The cookie `va`, with its lifetime. The vendor documents no lifetime. */
export type Va = Pick<Cookie, "value" | "expiresIn" | "expiresAt">;

/** Where the cookie of a session is valid. A login answers there, so a cookie without a path belongs there too. */
function apiUrl(baseUrl: string | URL): URL {
  return new URL("api/v1/", baseUrl);
}

/**
 * The cookie `va` that a response sets for the calls of a session.
 * @param baseUrl the base URL of the session.
 * @param from the URL of the response; `""` if it is unknown.
 * @returns `undefined` if there is none or it is empty. A `va` of another path or host does not count.
 */
export function vaCookie(headers: Headers, baseUrl: string | URL, from = ""): Va | undefined {
  const api = apiUrl(baseUrl);
  const { cookies } = readCookies(headers, from === "" ? api : new URL(api.pathname, from), { sentTo: api });
  return cookies.find(({ name, value }) => name === "va" && value !== "");
}

/** The lifetime of the cookie, and a readable `exp` as a hint. */
export function lifetimeOf({ value, expiresIn, expiresAt }: Va): Lifetime {
  const hint = { expiresHint: claimedExpiry(value) };
  if (expiresIn !== undefined) return { ...hint, expiresIn };
  return expiresAt === undefined ? hint : { ...hint, expiresAt };
}

/** The shortest remaining lifetime in ms, unless the lifetime itself is shorter. */
const SHORTEST_LIFETIME = 60_000;

/**
 * The remaining lifetime of a cookie that is `age` ms old, for example after waiting for a code. It is never zero: the
 * vendor has just accepted the cookie, so a call is a better test than our calculation.
 */
export function remainingLifetime({ expiresIn, ...rest }: Lifetime, age: number): Lifetime {
  if (expiresIn === undefined) return rest;
  return { ...rest, expiresIn: Math.max(expiresIn - age, Math.min(expiresIn, SHORTEST_LIFETIME)) };
}

/** The latest time that a `Date` can represent, in seconds. */
const LATEST_DATE = 8.64e12;

// An assumption, seen in the vendor's sample: `exp` in the cookie's value is when the session expires, so it is renewed earlier.
// The value is one base64 segment, or a JWT. In `@vms/simulator`: `cookieValue`, `claimedLifetime`.
function claimedExpiry(value: string): number | undefined {
  const segments = value.split(".");
  const segment = segments.length === 3 ? segments[1] : segments.length === 1 ? segments[0] : undefined;
  if (segment === undefined) return undefined;
  try {
    const { exp }: { exp?: unknown } = JSON.parse(atob(segment.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof exp === "number" && exp > 0 && exp <= LATEST_DATE ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
