import type { IncomingHttpHeaders } from "node:http";
import { urlForVendor } from "../upstream/rewrite-urls.ts";
import type { Upstream } from "../upstream/upstream.ts";

/** Headers that are not passed on: of the connection, the client's credentials, and headers that are set again. */
const NOT_FORWARDED = new Set([
  "authorization",
  "connection",
  "content-length",
  // Cookies are not passed on in either direction. Browsers also send the cookies of other programs on this machine,
  // whatever their port.
  "cookie",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "origin",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "referer",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

export interface HeaderRules {
  /**
   * Asks the vendor not to compress. The session reads bodies to notice that it has expired, and does not decompress
   * them.
   */
  readonly plainBodies: boolean;
}

/**
 * The headers of a client's request as passed on. The session adds the credential. No `Via` is added, because some
 * servers do not compress for proxies.
 */
export function requestHeaders(
  given: IncomingHttpHeaders,
  self: string,
  upstream: Upstream,
  { plainBodies }: HeaderRules,
): Record<string, string> {
  const named = namedByConnection(given.connection);
  const headers: Record<string, string> = {};
  for (const name in given) {
    const value = given[name];
    if (value === undefined || NOT_FORWARDED.has(name) || named?.includes(name)) continue;
    headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  // Some vendors reject the default user agents of HTTP clients. The session sets its own.
  if (!headers["user-agent"]?.startsWith("Mozilla/")) delete headers["user-agent"];
  if (plainBodies) headers["accept-encoding"] = "identity";
  // The vendor must see requests of the proxy's pages as requests of its own pages.
  if (given.origin !== undefined) headers.origin = upstream.origin;
  const referer = given.referer === undefined ? undefined : urlForVendor(given.referer, self, upstream);
  if (referer !== undefined) headers.referer = referer;
  return headers;
}

/** The headers that `Connection` declares as belonging to the connection. */
export function namedByConnection(connection: string | undefined): string[] | undefined {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return undefined;
  return connection.toLowerCase().split(/[\s,]+/);
}
