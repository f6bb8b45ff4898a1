import { namedByConnection } from "./request-headers.ts";
import { linksForClient, urlForClient } from "./rewrite-urls.ts";
import type { Upstream } from "./upstream.ts";

/** What is not the client's business: of one connection only, of the session, or of the vendor's own origin. */
const KEPT = new Set([
  "alt-svc",
  "authentication-info",
  // It would take away the client's cookie of the proxy.
  "clear-site-data",
  "connection",
  "keep-alive",
  // Browsers would report to others what goes through here.
  "nel",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-connection",
  // It can lead a browser to another place, without a redirect that is seen.
  "refresh",
  "report-to",
  "reporting-endpoints",
  "service-worker-allowed",
  "set-cookie",
  "set-cookie2",
  "strict-transport-security",
  "te",
  "timing-allow-origin",
  "trailer",
  "transfer-encoding",
  "upgrade",
  // By it the proxy says that it is not the vendor who speaks.
  "vms-proxy-error",
  // Who is asked for a password would type the vendor's, and the proxy does not pass it on.
  "www-authenticate",
]);

/** Where an answer goes, and where it comes from. */
export interface RewriteContext {
  /** The proxy's own origin, as the client called it. */
  readonly self: string;
  readonly upstream: Upstream;
  /** The request's path at the vendor. */
  readonly path: string;
}

/** The headers of a vendor's answer as the client gets them: names and values in turn. */
export function responseHeaders(raw: readonly (Buffer | string)[], { self, upstream, path }: RewriteContext): string[] {
  const headers: string[] = [];
  let named: string[] | undefined;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = text(raw[at]);
    const value = text(raw[at + 1]);
    const lower = name.toLowerCase();
    if (lower === "connection") named = namedByConnection(value.toLowerCase()) ?? named;
    // Pages of other origins may not read what comes through here, whatever the vendor allows them.
    if (KEPT.has(lower) || lower.startsWith("access-control-")) continue;
    if (!isSendable(name, value)) continue;
    headers.push(name, rewritten(lower, value));
  }
  return named === undefined ? headers : without(headers, named);

  function rewritten(lower: string, value: string): string {
    if (lower === "location" || lower === "content-location") return urlForClient(value, self, upstream, path);
    return lower === "link" ? linksForClient(value, self, upstream, path) : value;
  }
}

// What Node would refuse to send, the whole answer with it.
function isSendable(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function without(headers: readonly string[], names: readonly string[]): string[] {
  return headers.filter((_, at) => !names.includes((headers[at - (at % 2)] ?? "").toLowerCase()));
}

function text(part: Buffer | string | undefined): string {
  return typeof part === "string" ? part : (part?.toString("latin1") ?? "");
}
