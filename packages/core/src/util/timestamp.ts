import { utcTime } from "./utc-time.ts";

const ISO = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)$/;

/**
 * Parses an ISO 8601 date and time with a time zone, with any number of fraction digits and any offset format.
 * @returns ms since the epoch, or `undefined` if the text is not a valid timestamp.
 * @example
 * parseTimestamp("2030-01-31T12:00:00.123456+0200"); // 1896084000123
 */
export function parseTimestamp(text: string): number | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const number = (group: number) => Number(match[group] ?? 0);
  const local = utcTime({
    year: number(1),
    month: number(2),
    day: number(3),
    hour: number(4),
    minute: number(5),
    second: number(6),
  });
  const [hours, minutes] = [number(9), number(10)];
  if (local === undefined || hours > 23 || minutes > 59) return undefined;
  const fraction = Number((match[7] ?? "").slice(1, 4).padEnd(3, "0"));
  const offset = (hours * 60 + minutes) * 60_000;
  return local + fraction - (match[8] === "-" ? -offset : offset);
}
