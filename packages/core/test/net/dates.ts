import fc from "fast-check";

/** Whole seconds of the years 1700 to 9000, in ms since the epoch. */
export const instants: fc.Arbitrary<number> = fc
  .integer({ min: Date.UTC(1700, 0) / 1000, max: Date.UTC(9000, 0) / 1000 })
  .map((seconds) => seconds * 1000);

const partsOf = (at: number) => new Date(at).toUTCString().split(/[ ,]+/) as [string, string, string, string, string];

/** A date in the format of RFC 850, with a year of two or four digits. */
export function rfc850(at: number, digits: 2 | 4): string {
  const [weekday, day, month, year, time] = partsOf(at);
  return `${weekday}day, ${day}-${month}-${year.slice(-digits)} ${time} GMT`;
}

/** A date as `asctime()` of C writes it, without a time zone. */
export function asctime(at: number): string {
  const [weekday, day, month, year, time] = partsOf(at);
  return `${weekday} ${month} ${day.replace(/^0/, " ")} ${time} ${year}`;
}
