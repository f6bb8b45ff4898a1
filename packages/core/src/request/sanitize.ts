import { withoutSearchParams } from "../net/search-params.ts";

/** The response header that callers never see, as in a browser (guarantee 13). */
export const HIDDEN_HEADER = "set-cookie";

/**
 * Whether a caller may see a response as it is.
 * @param secretNames the names of search parameters that hold the credential: the vendor may repeat them in a URL.
 * @param hasHidden whether the response has the hidden header.
 */
export function isSafeToShow(secretNames: readonly string[], hasHidden: boolean): boolean {
  return secretNames.length === 0 && !hasHidden;
}

/** A URL of a response, or the value of its header `location`, as a caller may see it: without the credential. */
export function sanitizeUrl(url: string, secretNames: readonly string[]): string {
  return secretNames.length === 0 ? url : withoutSearchParams(url, secretNames);
}
