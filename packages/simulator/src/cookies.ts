import type { Context } from "hono";
import type { VendorEnv } from "./vendor-server.ts";

/** The attributes of a `Set-Cookie` line. */
export interface CookieAttributes {
  readonly domain?: string | undefined;
  readonly maxAge?: number | undefined;
  readonly expires?: Date | undefined;
  readonly httpOnly?: boolean | undefined;
}

/** Creates a `Set-Cookie` line, without `Secure` over http: no client would send such a cookie back. */
export function setCookie(url: URL, name: string, value: string, attributes: CookieAttributes = {}): string {
  const parts = [`${name}=${value}`];
  if (attributes.domain !== undefined) parts.push(`Domain=${attributes.domain}`);
  parts.push("Path=/");
  if (attributes.maxAge !== undefined) parts.push(`Max-Age=${attributes.maxAge}`);
  if (attributes.expires !== undefined) parts.push(`Expires=${attributes.expires.toUTCString()}`);
  if (attributes.httpOnly) parts.push("HttpOnly");
  if (url.protocol === "https:") parts.push("Secure");
  return parts.join("; ");
}

/** The value of a request cookie. */
export function readCookie(c: Context<VendorEnv>, name: string): string | undefined {
  for (const pair of (c.req.header("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
