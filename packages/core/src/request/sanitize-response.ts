import { copyResponse } from "./copy-response.ts";
import { HIDDEN_HEADER, sanitizeUrl } from "./sanitize.ts";

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
