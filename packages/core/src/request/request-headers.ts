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
  const own = asRecord(given);
  const headers: Record<string, string> = { ...credential.allHeaders };
  for (const name of Object.keys(own)) {
    const lower = name.toLowerCase();
    const value = `${own[name]}`; // As `fetch` reads it: it refuses a symbol.
    if (Object.hasOwn(credential.headers, lower)) {
      if (lower === "cookie") headers.cookie = mergedCookie(value, credential);
    } else if (isHostHeader(lower)) {
      throw hostRefused(credential.vendor);
    } else if (lower === "referer" && credential.query !== "") {
      // A credential in the query of one call must not be sent on by the next one.
      headers.referer = withoutSearchParams(value, credential.secretNames);
    } else if (!(Object.hasOwn(headers, lower) && saysNothing(lower, value))) {
      // The spelling is kept. `fetch` joins the values of two spellings.
      if (name !== lower && Object.hasOwn(credential.allHeaders, lower)) delete headers[lower];
      headers[name] = value;
    }
  }
  return headers;
}

/** Headers as an object. A record is returned as it is; other forms may be iterators, which can be read once. */
export function asRecord(given: HeadersInit): Record<string, string> {
  return (Symbol.iterator in given ? Object.fromEntries(new Headers(given)) : given) as Record<string, string>;
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
