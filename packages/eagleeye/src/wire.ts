import type { SecondFactorMethod } from "@vms/core";
import { type ReceivedCookies, readCookies, type Schema, validate } from "@vms/core/flow";
import * as v from "valibot";
import { brandUrl, isVendorHost } from "./brand.ts";

/** The names of the session's cookie. The first one is used if a response sets both. */
const COOKIE_NAMES = ["auth_key", "videobank_sessionid"] as const;

/** The cookie that a login with a code sets, so that later logins need no code. */
const TFA_KEY = "tfa_key";

/** The vendor's hint for a user without a phone number. */
const NO_PHONE = /^no sms phone found$/i;

/** The cookie of a session, with the name that the vendor used. */
export interface SessionCookie {
  readonly cookie: (typeof COOKIE_NAMES)[number];
  readonly session: string;
}

/** The secrets of a session. */
export interface EagleEyeData extends SessionCookie {
  /** Identifies this client after a login with a code. It stays valid after the session has expired. */
  readonly tfaKey?: string | undefined;
}

/** The masked addresses that the vendor can send a code to. */
interface SecondFactorHints {
  readonly sms?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** The response to authenticate. */
export interface Authenticated {
  /** Valid for one authorize. */
  readonly token: string;
  /** Present if the account requires a second factor. */
  readonly two_factor_authentication_code?: SecondFactorHints | null | undefined;
}

const text = v.pipe(v.string(), v.nonEmpty());
const hint = v.optional(v.nullable(v.string()));

export const authenticatedSchema: Schema<Authenticated> = v.looseObject({
  token: text,
  two_factor_authentication_code: v.optional(v.nullable(v.looseObject({ sms: hint, email: hint }))),
});

const dataSchema: Schema<EagleEyeData> = v.looseObject({
  cookie: v.custom<SessionCookie["cookie"]>((value) => COOKIE_NAMES.some((name) => name === value)),
  session: text,
  tfaKey: v.optional(text),
});

/**
 * Validates the data of a stored session.
 * @throws {UnexpectedResponse} `unexpected_response` if the data does not match. `paths` has the invalid fields.
 */
export function parseData(data: unknown): EagleEyeData {
  return validate(dataSchema, data, "eagleeye", "the stored session");
}

/**
 * The second-factor methods that authenticate offers, or `undefined` if it requires none.
 * @param redact removes the login's secrets from a text of the vendor.
 */
export function secondFactorOf(
  answer: Authenticated,
  redact: (text: string) => string,
): readonly SecondFactorMethod[] | undefined {
  const hints = answer.two_factor_authentication_code;
  if (hints === undefined || hints === null) return undefined;
  return (["sms", "email"] as const).flatMap((type) => {
    const hint = hints[type];
    return typeof hint === "string" && hint !== "" && !NO_PHONE.test(hint) ? [{ type, hint: redact(hint) }] : [];
  });
}

/**
 * The cookies of the response to authorize. Behind a proxy at `baseUrl`, they can have the vendor's domain.
 * @param baseUrl the base URL of the login.
 */
export function cookiesOf(headers: Headers, baseUrl: URL): ReceivedCookies {
  const readAt = (base: URL) => readCookies(headers, new URL("g/aaa/authorize", base));
  const received = readAt(baseUrl);
  const isLost = sessionCookie(received) === undefined && !isVendorHost(baseUrl);
  return isLost ? readAt(brandUrl("login")) : received;
}

/** The session's cookie that a response sets. An empty one does not count. */
export function sessionCookie({ cookies }: ReceivedCookies): SessionCookie | undefined {
  return sessionIn((wanted) => cookies.find(({ name }) => name === wanted)?.value);
}

/** The `tfa_key` after a response: the new key, none if the response deletes it, otherwise the previous key. */
export function tfaKeyAfter({ cookies, deleted }: ReceivedCookies, before: string | undefined): string | undefined {
  const set = cookies.find(({ name }) => name === TFA_KEY);
  if (set !== undefined) return set.value === "" ? undefined : set.value;
  return deleted.includes(TFA_KEY) ? undefined : before;
}

function sessionIn(read: (name: string) => string | undefined): SessionCookie | undefined {
  for (const cookie of COOKIE_NAMES) {
    const session = read(cookie);
    if (session !== undefined && session !== "") return { cookie, session };
  }
  return undefined;
}

/** The session in given cookies, for example from curl's `cookies.txt`. */
export function givenCookies(cookies: Readonly<Record<string, string>>): EagleEyeData | undefined {
  const session = sessionIn((name) => cookies[name]);
  return session === undefined ? undefined : withTfaKey(session, cookies[TFA_KEY]);
}

/** The secrets of a session, with the `tfa_key` if there is one. */
export function withTfaKey(cookie: SessionCookie, tfaKey: string | undefined): EagleEyeData {
  return tfaKey === undefined || tfaKey === "" ? cookie : { ...cookie, tfaKey };
}
