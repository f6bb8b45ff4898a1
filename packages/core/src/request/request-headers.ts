import { withoutSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";

import { hostRefused, isHostHeader } from "./host-header.ts";

/**
 * The headers of a call: those of the flow, replaced by those of the caller, replaced by the credential.
 * Only cookies are merged: the caller's other cookies stay.
 * @throws {InvalidOptions} `invalid_options` for a header `Host`.
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
    } else if (isHostHeader(lower)) {
      throw hostRefused(credential.vendor);
    } else if (lower === "referer" && credential.query !== "") {
      // A credential in the query of one call must not be sent on by the next one.
      headers.referer = withoutSearchParams(value, credential.secretNames);
    } else if (!(Object.hasOwn(headers, lower) && saysNothing(lower, value))) {
      headers[lower] = value;
    }
  }
  return headers;
}

// `fetch` and ky send this if the caller named nothing.
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
