import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { isForwarded, type RewriteContext, responseHeaders } from "./response-headers.ts";

/** Headers that describe the body or the connection. Clients must not use them after the body (RFC 9110, 6.5.1). */
const ONLY_HEADERS = new Set(["content-encoding", "content-length", "content-range", "content-type"]);

/** The trailers of a vendor's response as passed on: pairs of names and values. */
export function responseTrailers(given: IncomingHttpHeaders, way: RewriteContext): [string, string][] {
  const raw: string[] = [];
  for (const name in given) {
    const value = given[name];
    if (ONLY_HEADERS.has(name)) continue;
    for (const one of Array.isArray(value) ? value : [value ?? ""]) raw.push(name, one);
  }
  // Almost no response has trailers.
  if (raw.length === 0) return [];
  const passed = responseHeaders(raw, way);
  return Array.from({ length: passed.length / 2 }, (_, at) => [passed[2 * at] ?? "", passed[2 * at + 1] ?? ""]);
}

/**
 * The value of the header `Trailer` as passed on. `undefined` if there is none, or if the response cannot have trailers:
 * Node refuses to send it then.
 */
export function announcedTrailers(
  { method }: IncomingMessage,
  { useChunkedEncodingByDefault: canHaveChunks }: ServerResponse,
  { trailer, "content-length": length }: IncomingHttpHeaders,
): string | undefined {
  if (trailer === undefined || length !== undefined || method === "HEAD" || !canHaveChunks) return undefined;
  const names = trailer.split(",").map((name) => name.trim());
  const passed = names.filter((name) => isForwarded(name) && !ONLY_HEADERS.has(name.toLowerCase()));
  return passed.length === 0 ? undefined : passed.join(", ");
}

/** Whether responses with a status never have a body. */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}
