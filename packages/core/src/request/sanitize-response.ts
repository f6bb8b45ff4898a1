import { withoutSearchParams } from "../net/search-params.ts";
import { copyResponse } from "./copy-response.ts";

/**
 * The response of a `fetch` as a caller may see it. The body is passed on, neither read nor copied.
 * @param secretNames the names of search parameters that hold the credential.
 */
export function sanitizeResponse(response: Response, secretNames: readonly string[]): Response {
  if (secretNames.length === 0 && !response.headers.has(HIDDEN_HEADER)) return response;
  const headers = new Headers(response.headers);
  headers.delete(HIDDEN_HEADER);
  const location = headers.get("location");
  if (location !== null) headers.set("location", sanitizeUrl(location, secretNames));
  return copyResponse(response, headers, { url: sanitizeUrl(response.url, secretNames) });
}

/** The response header that callers never see, as in a browser (guarantee 13). */
export const HIDDEN_HEADER = "set-cookie";

/**
 * A URL of a response, or the value of its header `location`, as a caller may see it: without the credential.
 * @param secretNames the names of search parameters that hold the credential. The vendor may repeat them in a URL.
 */
export function sanitizeUrl(url: string, secretNames: readonly string[]): string {
  return secretNames.length === 0 ? url : withoutSearchParams(url, secretNames);
}
