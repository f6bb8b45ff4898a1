import { withoutSearchParams } from "../net/search-params.ts";

/** The response header that callers never see, as in a browser (guarantee 13). */
export const HIDDEN_HEADER = "set-cookie";

/**
 * A URL of a response, or the value of its header `location`, as a caller may see it: without the credential.
 * @param secretNames the names of search parameters that hold the credential. The vendor may repeat them in a URL.
 */
export function sanitizeUrl(url: string, secretNames: readonly string[]): string {
  return secretNames.length === 0 ? url : withoutSearchParams(url, secretNames);
}
