import { parseHttpDate } from "./http-date.ts";

/** In ms: about 100 years. Adding the current time still gives a valid time. */
const LONGEST = 100 * 365 * 86_400_000;

// The comma after a weekday belongs to a date.
const MEMBERS = /\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,)?[^,]+/gi;

/**
 * Parses a `Retry-After` header: seconds or a date. In a list, which proxies make of two headers, the longest wait
 * wins.
 * @param header the header; `null` if it is missing.
 * @param now the server's current time in ms since the epoch.
 * @param unreadable the wait for an unreadable header such as `"soon"`, in ms. Default: 10,000.
 * @returns the wait in ms; `undefined` if the header is missing. 0 only for zero seconds or a past date.
 * @see RFC 9110, section 10.2.3
 * @example
 * const wait = parseRetryAfter(response.headers.get("retry-after"), Date.now());
 */
export function parseRetryAfter(header: string | null, now: number, unreadable = 10_000): number | undefined {
  if (header === null) return undefined;
  const members =
    header
      .match(MEMBERS)
      ?.map((member) => member.trim())
      .filter((member) => member !== "") ?? [];
  if (members.length === 0) return unreadable;
  return Math.max(...members.map((member) => waitOf(member, now) ?? unreadable));
}

function waitOf(text: string, now: number): number | undefined {
  // Some servers write a fraction.
  const wait = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : untilDate(text, now);
  return wait === undefined ? undefined : Math.min(LONGEST, Math.max(0, Math.ceil(wait)));
}

function untilDate(text: string, now: number): number | undefined {
  const date = parseHttpDate(text, now);
  return date === undefined ? undefined : date - now;
}
