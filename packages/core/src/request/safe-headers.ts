/** These reveal nothing about the caller, so they may follow a redirect to a foreign origin. */
export const SAFE_HEADERS: readonly string[] = [
  "accept",
  "accept-language",
  "content-language",
  "content-type",
  "range",
  "user-agent",
];

export function withoutCredential(given: HeadersInit | undefined, userAgent: string): Headers {
  const headers = new Headers(given);
  for (const name of [...headers.keys()]) if (!SAFE_HEADERS.includes(name)) headers.delete(name);
  if (!headers.has("user-agent")) headers.set("user-agent", userAgent);
  return headers;
}
