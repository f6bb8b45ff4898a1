import { parseHttpDate } from "./http-date.ts";

/**
 * Reads a `Retry-After` header: seconds or a date.
 * @param now the current time in ms since the epoch, by the clock of who sent the header.
 * @returns ms to wait, at least 0; `undefined` where the header is absent or malformed.
 * @see RFC 9110, section 10.2.3
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  const date = parseHttpDate(text);
  return date === undefined ? undefined : Math.max(0, date - now);
}
