import { parseWith, type Schema, type SecondFactorMethod, UnexpectedResponse } from "@vms/core";
import { parseSetCookie } from "set-cookie-parser";
import * as z from "zod/mini";

/** The names of the session's cookie: the older name is the documented one; the newer one counts where both come. */
const COOKIE_NAMES = ["auth_key", "videobank_sessionid"] as const;

const VENDOR_DOMAIN = ".eagleeyenetworks.com";

/** The cookie that a login with a code sets, and that spares the codes of later logins. */
const TFA_KEY = "tfa_key";

/** The hint that the vendor gives in place of a phone's number where the user has none. */
const NO_PHONE = /^no sms phone found$/i;

/** A session's cookie, under the name that it came with. */
export interface SessionCookie {
  readonly cookie: (typeof COOKIE_NAMES)[number];
  readonly session: string;
}

/** The secrets of a session. */
export interface EagleEyeData extends SessionCookie {
  /** What the vendor knows this client by since somebody gave a code: good beyond the session's end. */
  readonly tfaKey?: string | undefined;
}

/** Where the vendor offers to send a code: the masked addresses. */
interface SecondFactorHints {
  readonly sms?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** What authenticate answers. */
export interface Authenticated {
  /** Good for one authorize. */
  readonly token: string;
  /** There where the account asks for a second factor. */
  readonly two_factor_authentication_code?: SecondFactorHints | null | undefined;
}

const text = z.string().check(z.refine((value) => value !== ""));
const hint = z.optional(z.nullable(z.string()));

export const authenticatedSchema: Schema<Authenticated> = z.looseObject({
  token: text,
  two_factor_authentication_code: z.optional(z.nullable(z.looseObject({ sms: hint, email: hint }))),
});

const dataSchema: Schema<EagleEyeData> = z.looseObject({
  cookie: z.custom<SessionCookie["cookie"]>((value) => COOKIE_NAMES.some((name) => name === value)),
  session: text,
  tfaKey: z.optional(text),
});

/**
 * Checks what a store gave back.
 * @throws {UnexpectedResponse} (`unexpected_response`) with the paths that were wrong.
 */
export function parseData(data: unknown): EagleEyeData {
  return parseWith(dataSchema, data, "eagleeye", "the stored session");
}

/**
 * The ways of a second factor that authenticate offers; `undefined` where it asks for none.
 * @param redact takes the secrets of this conversation out of a text of the vendor.
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

/** The session's cookie out of any number of `Set-Cookie` lines; one that is only deleted is none. */
export function sessionCookie(headers: Headers): SessionCookie | undefined {
  for (const cookie of COOKIE_NAMES) {
    const session = lastCookie(headers, cookie);
    if (session !== undefined && session !== "") return { cookie, session };
  }
  return undefined;
}

/** The `tfa_key` after an answer: the one that it sets, none where it deletes it, else the one before it. */
export function tfaKeyAfter(headers: Headers, before: string | undefined): string | undefined {
  const set = lastCookie(headers, TFA_KEY) ?? before;
  return set === "" ? undefined : set;
}

/** The value that is set last for a cookie; `""` where it is only deleted, `undefined` where it is not mentioned. */
function lastCookie(headers: Headers, wanted: string): string | undefined {
  const cookies = parseSetCookie(headers.getSetCookie(), { decodeValues: false, split: false, silent: true });
  const found = cookies.findLast(({ name }) => name === wanted);
  if (found === undefined) return undefined;
  return (found.maxAge ?? 1) > 0 ? found.value : "";
}

/** A session among cookies that were given, for example out of curl's `cookies.txt`. */
export function givenCookies(cookies: Readonly<Record<string, string>>): EagleEyeData | undefined {
  for (const cookie of COOKIE_NAMES) {
    const session = cookies[cookie];
    if (session !== undefined && session !== "") return withTfaKey({ cookie, session }, cookies[TFA_KEY]);
  }
  return undefined;
}

/** A session's secrets, with the `tfa_key` where there is one. */
export function withTfaKey(cookie: SessionCookie, tfaKey: string | undefined): EagleEyeData {
  return tfaKey === undefined || tfaKey === "" ? cookie : { ...cookie, tfaKey };
}

/** Whether a base URL is the vendor's own, so that calls move to the brand's host after signing in. */
export function isVendorHost(baseUrl: URL): boolean {
  return baseUrl.hostname.endsWith(VENDOR_DOMAIN);
}

/** The origins that may see a session that was opened at the vendor's own host. */
export const VENDOR_ORIGINS: readonly string[] = [`https://*${VENDOR_DOMAIN}`];

/**
 * Where calls go for a brand.
 * @param subdomain comes from the vendor's answer, so that it must be one label: a dot or a slash could lead elsewhere.
 * @throws {UnexpectedResponse} (`unexpected_response`) with the path `active_brand_subdomain`.
 */
export function brandUrl(subdomain: string): URL {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(subdomain)) return new URL(`https://${subdomain}${VENDOR_DOMAIN}/`);
  throw new UnexpectedResponse(
    "eagleeye",
    "`active_brand_subdomain` in the answer to authorize is not the name of a host, so calls cannot be sent there. " +
      "Ask the vendor's support.",
    { paths: ["active_brand_subdomain"], status: 200 },
  );
}
