/**
 * The code of a network failure, such as `ECONNREFUSED`, looked up along `cause`; it says why without quoting anything.
 */
export function networkCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (typeof code === "string" && /^[A-Z0-9_]{3,60}$/.test(code)) return code;
    at = cause;
  }
  return undefined;
}

/**
 * What a failed `fetch` may show: its kind and its code. The original is dropped, because its `cause` can hold
 * a piece of the vendor's answer (with a cookie in it) or a header's value.
 */
export function plainNetworkError(error: unknown): TypeError {
  const code = networkCode(error);
  const cause = code === undefined ? undefined : Object.assign(new Error(code), { code });
  // ky and others know a network failure by this message.
  return new TypeError("fetch failed", cause === undefined ? undefined : { cause });
}
