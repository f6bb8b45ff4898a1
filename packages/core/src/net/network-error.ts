/**
 * Finds the code of a network failure, such as `ECONNREFUSED`, in an error or its causes. A code is safe to show: it quotes
 * nothing.
 */
export function networkCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
    const { code, name, cause } = at as { code?: unknown; name?: unknown; cause?: unknown };
    if (typeof code === "string" && /^[A-Z0-9_]{3,60}$/.test(code)) return code;
    // The parser of undici 7 and 8, and so of Node 24, sets no code.
    if (name === "HTTPParserError") return "HPE_UNKNOWN";
    at = cause;
  }
  return undefined;
}

/**
 * Makes the error that a failed `fetch` may show, with the code only. The original error is dropped, because its `cause` can
 * quote a header or a part of the response, including a cookie.
 */
export function plainNetworkError(error: unknown): TypeError {
  const code = networkCode(error);
  const cause = code === undefined ? undefined : Object.assign(new Error(code), { code });
  // ky and other clients recognise a network failure by this message.
  return new TypeError("fetch failed", cause === undefined ? undefined : { cause });
}
