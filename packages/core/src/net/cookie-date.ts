import { monthOf, utcTime } from "../util/utc-time.ts";

const DELIMITERS = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;
const TIME = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/;
const DAY = /^(\d{1,2})(?!\d)/;
const MONTH = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
const YEAR = /^(\d{2,4})(?!\d)/;

/**
 * Parses a cookie's `Expires` date as browsers do: in almost any order and with any separators.
 * @returns ms since the epoch; `undefined` for an invalid date, which means no expiry.
 * @see RFC 6265, section 5.1.1
 * @example
 * const end = parseCookieDate("Thu, 01-Jan-1970 00:00:01 GMT"); // 1000
 */
export function parseCookieDate(text: string): number | undefined {
  const found = new Map<RegExp, RegExpExecArray>();
  for (const token of text.split(DELIMITERS)) {
    // A token is the first part that it matches and that is not yet set.
    for (const part of [TIME, DAY, MONTH, YEAR]) {
      const match = found.has(part) ? null : part.exec(token);
      if (match === null) continue;
      found.set(part, match);
      break;
    }
  }
  if (found.size < 4) return undefined;
  const [hour, minute, second] = (found.get(TIME)?.slice(1).map(Number) ?? []) as [number, number, number];
  const short = Number(found.get(YEAR)?.[1]);
  const year = short < 70 ? short + 2000 : short < 100 ? short + 1900 : short;
  if (second > 59 || year < 1601) return undefined;
  const month = monthOf(found.get(MONTH)?.[1] ?? "");
  return utcTime({ year, month, day: Number(found.get(DAY)?.[1]), hour, minute, second });
}
