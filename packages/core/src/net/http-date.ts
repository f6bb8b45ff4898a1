import { monthOf, utcTime } from "../util/utc-time.ts";

const WEEKDAY = "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*";
const DAY = "(?<day>\\d{1,2})";
const MONTH = "(?<month>[a-z]{3})";
const TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";
const FORMATS = [
  `${WEEKDAY}, ${DAY} ${MONTH} (?<year>\\d{4}) ${TIME} (?:GMT|UTC)`,
  // RFC 850. Some servers write the whole year.
  `${WEEKDAY}, ${DAY}-${MONTH}-(?<year>\\d{4}|\\d{2}) ${TIME} (?:GMT|UTC)`,
  // asctime(), in UTC without saying so.
  `${WEEKDAY} ${MONTH} +${DAY} ${TIME} (?<year>\\d{4})`,
].map((format) => new RegExp(`^${format}$`, "i"));

/**
 * Parses the date of an HTTP header in any of its three formats.
 * @param header the header; `null` if it is missing.
 * @param now the current time in ms since the epoch. A two-digit year is at most 50 years in the future. Default:
 * `Date.now()`.
 * @returns ms since the epoch, or `undefined` if the date is invalid.
 * @see RFC 9110, section 5.6.7
 * @example
 * const date = parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT"); // 784111777000
 */
export function parseHttpDate(header: string | null, now: number = Date.now()): number | undefined {
  const text = header?.trim() ?? "";
  for (const format of FORMATS) {
    const parts = format.exec(text)?.groups;
    if (parts !== undefined) return instantOf(parts, now);
  }
  return undefined;
}

function instantOf({ year = "", month = "", ...parts }: Readonly<Record<string, string>>, now: number) {
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(Number) as Four;
  const inYear = (full: number) => utcTime({ year: full, month: monthOf(month), day, hour, minute, second });
  if (year.length === 4) return inYear(Number(year));
  const today = new Date(now);
  const century = Math.floor(today.getUTCFullYear() / 100) * 100;
  const latest = today.setUTCFullYear(today.getUTCFullYear() + 50);
  const instants = [century + 100, century, century - 100].map((one) => inYear(one + Number(year)));
  return instants.find((one) => one !== undefined && one <= latest);
}

type Four = [number, number, number, number];
