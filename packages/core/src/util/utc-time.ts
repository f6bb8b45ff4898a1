interface UtcParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * `month` is 1 to 12; second 60 is a leap second.
 * @returns ms since the epoch; `undefined` for a date that does not exist, such as 30 February.
 */
export function utcTime({ year, month, day, hour, minute, second }: UtcParts): number | undefined {
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return undefined;
  const date = new Date(0);
  // `Date.UTC` would read the year 26 as 1926.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() + (hour * 3_600 + minute * 60 + second) * 1_000;
}

/** 1 to 12, by the first three letters of the English name; otherwise 0. */
export function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
