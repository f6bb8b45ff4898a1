import { namedByConnection } from "../requests/request-headers.ts";
import { linksForClient, urlForClient } from "../upstream/rewrite-urls.ts";
import type { Upstream } from "../upstream/upstream.ts";

/** Headers that are not passed on: of the connection, the session, or the vendor's own origin. */
const NOT_FORWARDED = new Set([
  "alt-svc",
  "authentication-info",
  // Would delete the proxy's cookie in the browser.
  "clear-site-data",
  "connection",
  "keep-alive",
  // Would make browsers report requests to others.
  "nel",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-connection",
  // Can lead a browser to another site without a visible redirect.
  "refresh",
  "report-to",
  "reporting-endpoints",
  "service-worker-allowed",
  "set-cookie",
  "set-cookie2",
  "strict-transport-security",
  "te",
  "timing-allow-origin",
  // Added again for responses that can have trailers.
  "trailer",
  "transfer-encoding",
  "upgrade",
  // Marks responses of the proxy itself.
  "vms-proxy-error",
  // Would make users type the vendor's password, which the proxy does not pass on.
  "www-authenticate",
]);

/** Where a response comes from and where it goes. */
export interface RewriteContext {
  /** The URL of the session at the proxy, as the client called it, without a trailing slash. */
  readonly self: string;
  readonly upstream: Upstream;
  /** The path of the request at the vendor. */
  readonly path: string;
}

/** The headers of a vendor's response as passed on: alternating names and values. */
export function responseHeaders(raw: readonly (Buffer | string)[], { self, upstream, path }: RewriteContext): string[] {
  const headers: string[] = [];
  let named: string[] | undefined;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = text(raw[at]);
    const value = text(raw[at + 1]);
    const lower = name.toLowerCase();
    if (lower === "connection") named = namedByConnection(value.toLowerCase()) ?? named;
    if (!isForwarded(lower) || !isSendable(name, value)) continue;
    headers.push(name, rewritten(lower, value));
  }
  return named === undefined ? headers : without(headers, named);

  function rewritten(lower: string, value: string): string {
    if (lower === "location" || lower === "content-location") return urlForClient(value, self, upstream, path);
    return lower === "link" ? linksForClient(value, self, upstream, path) : value;
  }
}

/** Whether a header of a vendor's response is passed on. */
export function isForwarded(name: string): boolean {
  const lower = name.toLowerCase();
  // Pages of other origins may not read responses, even if the vendor allows it.
  return !NOT_FORWARDED.has(lower) && !lower.startsWith("access-control-");
}

// Node would refuse to send the whole response with such a header.
function isSendable(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** Removes headers by their names in lower case. */
export function without(headers: readonly string[], names: readonly string[]): string[] {
  return headers.filter((_, at) => !names.includes((headers[at - (at % 2)] ?? "").toLowerCase()));
}

function text(part: Buffer | string | undefined): string {
  return typeof part === "string" ? part : (part?.toString("latin1") ?? "");
}
