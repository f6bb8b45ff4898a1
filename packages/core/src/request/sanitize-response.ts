import { withoutPairs, withoutSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { copyResponse } from "./copy-response.ts";

/** The vendor may repeat these search parameters in its responses. */
export type QueryCredential = Pick<PreparedCredential, "query" | "secretNames" | "searchParams">;

/** Removes the credential and `Set-Cookie`. The body is neither read nor copied. */
export function sanitizeResponse(response: Response, credential: QueryCredential): Response {
  if (credential.query === "" && !response.headers.has(HIDDEN_HEADER)) return response;
  const headers = new Headers(response.headers);
  headers.delete(HIDDEN_HEADER);
  for (const [name, value] of response.headers) {
    const shown = sanitizeHeader(value, credential);
    if (shown !== value && name !== HIDDEN_HEADER) headers.set(name, shown);
  }
  const { query, secretNames } = credential;
  const url = query === "" ? response.url : withoutSearchParams(response.url, secretNames);
  return copyResponse(response, headers, { url });
}

/** Never shown to callers, as in a browser (guarantee 13). */
export const HIDDEN_HEADER = "set-cookie";

/** The vendor may repeat the request's URL in any header, for example in `Location`, `Link` or `Refresh`. */
export function sanitizeHeader(value: string, { query, searchParams }: QueryCredential): string {
  return query === "" || !/=|%3d/i.test(value) ? value : withoutPairs(value, searchParams);
}
