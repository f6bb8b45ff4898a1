import { type Lifetime, parseWith, type Schema, type SecondFactorMethod } from "@vms/core";
import { parseSetCookie, type Cookie as Va } from "set-cookie-parser";
import * as z from "zod/mini";

export type { Va };

/** Who signed in. The vendor documents no more of the user than the name. */
export interface AltaUser {
  readonly username: string;
}

/** The secret of a session: the value of the cookie `va`. */
export interface AltaData {
  readonly va: string;
}

const text = z.string().check(z.refine((value) => value !== ""));

const dataSchema: Schema<AltaData> = z.looseObject({ va: text });

/** Checks what a store gave back. */
export function parseData(data: unknown): AltaData {
  return parseWith(dataSchema, data, "alta", "the stored session");
}

/** The only second factor that the vendor documents: a code of an app. */
export const METHODS: readonly SecondFactorMethod[] = [{ type: "totp" }];

/** What a session owes before it is good. */
export interface OwedAnswer {
  readonly mfaResetRequired?: unknown;
  readonly mfaChallengeRequired?: unknown;
}

/** The answer to `GET api/v1/auth`, which is not documented: whatever is not `true` in it is as good as absent. */
export const owedSchema: Schema<OwedAnswer> = z.looseObject({});

/** The header that carries the cookie to the requests of signing in and out. */
export function cookieHeader(va: string): Record<string, string> {
  return { cookie: `va=${va}` };
}

/**
 * The cookie `va`, out of any number of `Set-Cookie` lines; the last one counts.
 * @returns `undefined` where there is none that can be sent back, or where the vendor only deletes it.
 */
export function vaCookie(headers: Headers): Va | undefined {
  // Silent: what the parser cannot read, it would otherwise print.
  const cookies = parseSetCookie(headers.getSetCookie(), { decodeValues: false, split: false, silent: true });
  const cookie = cookies.findLast(({ name }) => name === "va");
  if (cookie === undefined || !/^[\x21-\x3a\x3c-\x7e]+$/.test(cookie.value)) return undefined;
  return isOver(cookie, headers.get("date")) ? undefined : cookie;
}

// A cookie is deleted by an end in the past, by the vendor's clock; where that is not told, by one at the epoch.
function isOver({ maxAge, expires }: Va, date: string | null): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  const now = Date.parse(date ?? "");
  return expires !== undefined && expires.getTime() <= (Number.isNaN(now) ? DAY : now);
}

const DAY = 86_400_000;

/**
 * How long the cookie lives: `Max-Age` before `Expires` (RFC 6265, section 4.1.2.2), and a readable `exp` as a hint.
 * The vendor documents none of them.
 */
export function lifetimeOf(cookie: Va): Lifetime {
  const { maxAge, expires } = cookie;
  const hint = { expiresHint: claimedEnd(cookie.value) };
  if (maxAge !== undefined && Number.isFinite(maxAge)) return { ...hint, expiresIn: maxAge * 1000 };
  const end = expires?.getTime();
  return end === undefined || Number.isNaN(end) ? hint : { ...hint, expiresAt: end };
}

/** The least that is left of a lifetime in ms, where the lifetime itself is no less. */
const LEAST = 60_000;

/**
 * What is left of a lifetime some time after it began, such as that of a cookie which then waited for a code. It is
 * never nothing: the vendor has just taken the cookie, so that a last call will tell better than our count.
 */
export function aged({ expiresIn, ...rest }: Lifetime, age: number): Lifetime {
  if (expiresIn === undefined) return rest;
  return { ...rest, expiresIn: Math.max(expiresIn - age, Math.min(expiresIn, LEAST)) };
}

/** The last instant that a `Date` can be, in seconds. */
const LAST_INSTANT = 8.64e12;

// An assumption: the cookie is opaque, but has been seen to hold claims, in one base64 segment or as a JWT.
function claimedEnd(value: string): number | undefined {
  const segments = value.split(".");
  const segment = segments.length === 3 ? segments[1] : segments.length === 1 ? segments[0] : undefined;
  if (segment === undefined) return undefined;
  try {
    const { exp }: { exp?: unknown } = JSON.parse(atob(segment.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof exp === "number" && exp > 0 && exp <= LAST_INSTANT ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
