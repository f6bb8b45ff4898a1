import type { Context } from "hono";
import { readCookie, readFields } from "../bodies.ts";
import { setCookie } from "../cookies.ts";
import type { VendorEnv } from "../vendor-server.ts";

export const vendorDomain = "eagleeyenetworks.com";

/** A cookie for all of the vendor's hosts. Elsewhere, as over a socket, it is the host's own. */
export function cookieFor(url: URL, name: string, value: string): string {
  const isAtHome = url.hostname.endsWith(`.${vendorDomain}`);
  return setCookie(url, name, value, { domain: isAtHome ? `.${vendorDomain}` : undefined });
}

/** The session id of a request: `A` in the query, in a form, in another body, then the cookie. */
export async function sessionIdOf(c: Context<VendorEnv>): Promise<string | undefined> {
  const inQuery = c.req.query("A");
  if (inQuery !== undefined) return inQuery;
  const fields = await readFields(c);
  const inBody = fields?.A;
  if (typeof inBody === "string") return inBody;
  return readCookie(c, "auth_key") ?? readCookie(c, "videobank_sessionid");
}
