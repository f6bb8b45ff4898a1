import { withoutSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";

/**
 * The headers of a call: the flow's, the caller's own over them, and the credential over all.
 * A cookie is the one thing that is merged: the caller's other cookies stay.
 */
export function withCredential(given: HeadersInit | undefined, credential: PreparedCredential): HeadersInit {
  if (given === undefined) return credential.allHeaders;
  const own = (Symbol.iterator in given ? Object.fromEntries(new Headers(given)) : given) as Record<string, string>;
  const headers: Record<string, string> = { ...credential.allHeaders };
  for (const name in own) {
    const lower = name.toLowerCase();
    const value = own[name] ?? "";
    if (Object.hasOwn(credential.headers, lower)) {
      if (lower === "cookie") headers.cookie = mergedCookie(value, credential);
    } else if (lower === "referer" && credential.query !== "") {
      // Where the credential goes into the query, the address of one call must not carry it to the next.
      headers.referer = withoutSearchParams(value, credential.secretNames);
    } else if (!(Object.hasOwn(headers, lower) && saysNothing(lower, value))) {
      headers[lower] = value;
    }
  }
  return headers;
}

// What `fetch` and ky send where the caller named nothing.
function saysNothing(name: string, value: string): boolean {
  return name === "accept" && value === "*/*";
}

function mergedCookie(given: string, credential: PreparedCredential): string {
  const others = given
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "" && !Object.hasOwn(credential.cookies, pair.split("=")[0] ?? ""));
  return [...others, credential.headers.cookie].join("; ");
}

/** Request headers that say nothing of who asks: they may follow a redirect to a foreign origin, and hold no secret. */
export const SAFE_HEADERS: readonly string[] = [
  "accept",
  "accept-language",
  "content-language",
  "content-type",
  "range",
  "user-agent",
];

/** What is left of a call's headers when a redirect takes it away from home. */
export function withoutCredential(given: HeadersInit | undefined, userAgent: string): Headers {
  const headers = new Headers(given);
  for (const name of [...headers.keys()]) if (!SAFE_HEADERS.includes(name)) headers.delete(name);
  if (!headers.has("user-agent")) headers.set("user-agent", userAgent);
  return headers;
}
