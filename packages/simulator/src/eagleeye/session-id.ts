import type { Context } from "hono";
import { readCookie, setCookie } from "../cookies.ts";
import { readFields } from "../request-body.ts";
import type { VendorEnv } from "../vendor-server.ts";

export const vendorDomain = "eagleeyenetworks.com";

/** A cookie for all of the vendor's hosts, or for a single other host, such as 127.0.0.1. */
export function cookieFor(url: URL, name: string, value: string): string {
  const isVendorHost = url.hostname.endsWith(`.${vendorDomain}`);
  return setCookie(url, name, value, { domain: isVendorHost ? `.${vendorDomain}` : undefined });
}

/** The session id of a request: `A` in the query or the body, otherwise the cookie. */
export async function sessionIdOf(c: Context<VendorEnv>): Promise<string | undefined> {
  const inQuery = c.req.query("A");
  if (inQuery !== undefined) return inQuery;
  const fields = await readFields(c);
  const inBody = fields?.A;
  if (typeof inBody === "string") return inBody;
  return readCookie(c, "auth_key") ?? readCookie(c, "videobank_sessionid");
}
