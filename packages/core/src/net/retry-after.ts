import { parseHttpDate } from "./http-date.ts";

/**
 * Parses a `Retry-After` header, which has seconds or a date.
 * @param header the value of the header; `null` if it is missing.
 * @param now the server's current time in ms since the epoch.
 * @returns how long to wait in ms, at least 0; `undefined` if the header is missing or malformed.
 * @see RFC 9110, section 10.2.3
 * @example
 * const wait = parseRetryAfter(response.headers.get("retry-after"), Date.now());
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  const date = parseHttpDate(text);
  return date === undefined ? undefined : Math.max(0, date - now);
}
