/** Anything, but JSON first: the vendor's framework looks at the first type. */
const JSON_FIRST = "application/json, */*";

/**
 * A `fetch` that asks for JSON first where its caller takes anything. An assumption: the vendor's framework answers a
 * refused call with 401 only to who asks for JSON; others it sends to a page of its own, by a redirect to a 200.
 * What a caller asks for by name is left as it is.
 * @param send what sends the requests. Default: the global `fetch`, looked up at each request.
 */
export function askingForJson(send?: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const given = init?.headers ?? (input instanceof Request ? input.headers : undefined);
    const headers = withAccept(given);
    return (send ?? globalThis.fetch)(input, headers === given ? init : { ...init, headers });
  };
}

function withAccept(given: HeadersInit | undefined): HeadersInit {
  if (given === undefined) return { accept: JSON_FIRST };
  // The core's own headers are plain and in lower case: a call with no others costs no `Headers`.
  if (Object.getPrototypeOf(given) === Object.prototype) {
    const { accept } = given as Record<string, string>;
    return takesAnything(accept) ? { ...given, accept: JSON_FIRST } : given;
  }
  const headers = new Headers(given);
  if (!takesAnything(headers.get("accept"))) return given;
  headers.set("accept", JSON_FIRST);
  return headers;
}

function takesAnything(accept: string | null | undefined): boolean {
  return accept === null || accept === undefined || accept.trim() === "*/*";
}
