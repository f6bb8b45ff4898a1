import { withoutPairs, withoutSearchParams } from "../net/search-params.ts";
import { copyResponse } from "./copy-response.ts";

/**
 * The response of a `fetch` as a caller may see it. The body is passed on, neither read nor copied.
 * @param secretNames the names of search parameters that hold the credential.
 */
export function sanitizeResponse(response: Response, secretNames: readonly string[]): Response {
  if (secretNames.length === 0 && !response.headers.has(HIDDEN_HEADER)) return response;
  const headers = new Headers(response.headers);
  headers.delete(HIDDEN_HEADER);
  for (const [name, value] of response.headers) {
    const shown = sanitizeHeader(value, secretNames);
    if (shown !== value && name !== HIDDEN_HEADER) headers.set(name, shown);
  }
  return copyResponse(response, headers, { url: sanitizeUrl(response.url, secretNames) });
}

/** The response header that callers never see, as in a browser (guarantee 13). */
export const HIDDEN_HEADER = "set-cookie";

function sanitizeUrl(url: string, secretNames: readonly string[]): string {
  return secretNames.length === 0 ? url : withoutSearchParams(url, secretNames);
}

/**
 * The value of a response header as a caller may see it: without the credential. The vendor may repeat the URL of the request in
 * any header, for example in `Location`, `Content-Location`, `Link` or `Refresh`.
 * @param secretNames the names of search parameters that hold the credential.
 */
export function sanitizeHeader(value: string, secretNames: readonly string[]): string {
  return secretNames.length === 0 || !/=|%3d/i.test(value) ? value : withoutPairs(value, secretNames);
}
