import { withoutSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { hostRefused, isHostHeader } from "./host-header.ts";

/**
 * The credential overrides the caller's headers, which override the flow's. The caller's other cookies are kept.
 * @throws {InvalidOptions} `invalid_options` for a header `Host`.
 */
export function withCredential(given: HeadersInit | undefined, credential: PreparedCredential): HeadersInit {
  if (given === undefined) return credential.allHeaders;
  const own = asRecord(given);
  const headers: Record<string, string> = { ...credential.allHeaders };
  for (const name of Object.keys(own)) {
    const lower = name.toLowerCase();
    const value = `${own[name]}`; // Like `fetch`, it throws for a symbol.
    if (Object.hasOwn(credential.headers, lower)) {
      if (lower === "cookie") headers.cookie = mergedCookie(value, credential);
    } else if (isHostHeader(lower)) {
      throw hostRefused(credential.vendor);
    } else if (lower === "referer" && credential.query !== "") {
      // A credential in one call's query must not reach the next call's target.
      headers.referer = withoutSearchParams(value, credential.secretNames);
    } else if (!(Object.hasOwn(headers, lower) && saysNothing(lower, value))) {
      // `fetch` would join the values of two spellings. The caller's is kept.
      if (name !== lower && Object.hasOwn(credential.allHeaders, lower)) delete headers[lower];
      headers[name] = value;
    }
  }
  return headers;
}

/** An iterator can only be read once. */
export function asRecord(given: HeadersInit): Record<string, string> {
  return (Symbol.iterator in given ? Object.fromEntries(new Headers(given)) : given) as Record<string, string>;
}

// The default of `fetch` and ky.
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
