import type { SecondFactorMethod } from "@vms/core";
import { type Lifetime, parseCookieDate, parseHttpDate, type Schema, validate } from "@vms/core/flow";
import { parseSetCookie } from "set-cookie-parser";
import * as z from "zod/mini";

/** The user who signed in. The vendor documents only the name. */
export interface AltaUser {
  /** The name that the user signed in with. */
  readonly username: string;
}

/** The secret of a session: the value of the cookie `va`. */
export interface AltaData {
  readonly va: string;
}

const text = z.string().check(z.refine((value) => value !== ""));

const dataSchema: Schema<AltaData> = z.looseObject({ va: text });

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
export const authSchema: Schema<AuthAnswer> = z.looseObject({});

/** The cookie `va`. An attribute that cannot be read is absent (RFC 6265, section 5.2). */
export interface Va {
  readonly value: string;
  /** In seconds. */
  readonly maxAge?: number | undefined;
  /** In ms since the epoch by the vendor's clock. */
  readonly expiresAt?: number | undefined;
}

/**
 * The cookie `va` of a response. The last `Set-Cookie` line counts.
 * @returns `undefined` if there is none, if it cannot be sent back, or if the vendor deletes it.
 */
export function vaCookie(headers: Headers): Va | undefined {
  const cookie = headers.getSetCookie().flatMap(vaIn).at(-1);
  if (cookie === undefined || !/^[\x21-\x3a\x3c-\x7e]+$/.test(cookie.value)) return undefined;
  return isDeleted(cookie, headers.get("date")) ? undefined : cookie;
}

function vaIn(line: string): Va[] {
  // Silent: otherwise the parser prints lines that it cannot read.
  const [cookie] = parseSetCookie([line], { decodeValues: false, split: false, silent: true });
  if (cookie?.name !== "va") return [];
  const { value, maxAge } = cookie;
  // The parser reads dates by the machine's time zone.
  const date = [...line.matchAll(/;\s*expires\s*=([^;]*)/gi)].at(-1)?.[1];
  return [{ value, maxAge: Number.isNaN(maxAge) ? undefined : maxAge, expiresAt: parseCookieDate(date ?? "") }];
}

// A cookie is deleted by an expiry in the past of the vendor's clock. Without a `Date` header, by one at the epoch.
function isDeleted({ maxAge, expiresAt }: Va, date: string | null): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  return expiresAt !== undefined && expiresAt <= (parseHttpDate(date) ?? DAY);
}

const DAY = 86_400_000;

/**
 * The lifetime of the cookie: `Max-Age` before `Expires` (RFC 6265, section 4.1.2.2), and a readable `exp` as a hint.
 * The vendor documents none of them.
 */
export function lifetimeOf({ value, maxAge, expiresAt }: Va): Lifetime {
  const hint = { expiresHint: claimedExpiry(value) };
  if (maxAge !== undefined) return { ...hint, expiresIn: maxAge * 1000 };
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

// An assumption, seen in the vendor's sample: `exp` in the cookie's claims is a hint for an early renewal. The claims are one
// base64 segment, or a JWT. In `@vms/simulator`: `cookieValue`, `claimedLifetime`.
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
