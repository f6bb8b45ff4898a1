import { encodeBase64Url } from "../base64.ts";
import { setCookie } from "../cookies.ts";
import { randomHex } from "../random.ts";
import type { AltaOptions } from "./options.ts";

/** The `Set-Cookie` lines of a login: the session, and an unrelated cookie if configured. */
export function loginCookies(url: URL, value: string, now: number, options: AltaOptions): string[] {
  const session = sessionCookie(url, value, now, options);
  return options.secondCookie ? [session, setCookie(url, "deployment", "acme-eu")] : [session];
}

/** The `Set-Cookie` line of the session. */
export function sessionCookie(url: URL, value: string, now: number, { maxAge, expires }: AltaOptions): string {
  const after = (ms: number) => new Date(now + ms);
  const date = typeof expires === "number" ? after(expires) : expires;
  return setCookie(url, "va", value, { maxAge, expires: date, httpOnly: true });
}

/** A new, unique value for the cookie `va`. */
export function cookieValue(username: string, now: number, options: AltaOptions): string {
  const { cookieValue: kind = "claims", claimedLifetime = 86_400_000 } = options;
  if (kind === "opaque") return randomHex(32);
  const iat = Math.floor(now / 1000);
  const claims = { sub: randomHex(5), name: username, iat, exp: iat + Math.floor(claimedLifetime / 1000) };
  const segment = encodeBase64Url(JSON.stringify(claims));
  if (kind === "claims") return segment;
  return `${encodeBase64Url(JSON.stringify({ alg: "HS256", typ: "JWT" }))}.${segment}.${randomHex(32)}`;
}
