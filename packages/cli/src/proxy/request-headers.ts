import type { IncomingHttpHeaders } from "node:http";
import { urlForVendor } from "./rewrite-urls.ts";
import type { Upstream } from "./upstream.ts";

/** What is not the vendor's business: of one connection only, the client's credentials, and what is put on anew. */
const KEPT = new Set([
  "authorization",
  "connection",
  "content-length",
  // Cookies end here, in both directions. A browser sends what any program on this machine has set, whatever its port.
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

/** What the proxy knows of its vendor. */
export interface HeaderRules {
  /** Ask the vendor not to compress: it says in a body that the session is gone, and a compressed one is not read. */
  readonly plainBodies: boolean;
}

/**
 * The headers of a client's request as they go on. The credential is not among them: the session puts it on.
 * No `Via` is added, as some servers do not compress for proxies.
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
    if (value === undefined || KEPT.has(name) || named?.includes(name)) continue;
    headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  // Some vendors turn away what HTTP clients call themselves; the session has a name of its own.
  if (!headers["user-agent"]?.startsWith("Mozilla/")) delete headers["user-agent"];
  if (plainBodies) headers["accept-encoding"] = "identity";
  // What comes from a page of the proxy's comes, for the vendor, from a page of its own.
  if (given.origin !== undefined) headers.origin = upstream.origin;
  const referer = given.referer === undefined ? undefined : urlForVendor(given.referer, self, upstream);
  if (referer !== undefined) headers.referer = referer;
  return headers;
}

/** The headers that `Connection` says are of one connection only. */
export function namedByConnection(connection: string | undefined): string[] | undefined {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return undefined;
  return connection.toLowerCase().split(/[\s,]+/);
}
