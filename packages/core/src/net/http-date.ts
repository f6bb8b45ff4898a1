const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "\\d{2}:\\d{2}:\\d{2}";
const FIXDATE = new RegExp(`^${DAY}, \\d{2} ${MONTH} \\d{4} ${TIME} GMT$`);
const RFC850 = new RegExp(`^${DAY}[a-z]*, \\d{2}-${MONTH}-\\d{2} ${TIME} GMT$`);
const ASCTIME = new RegExp(`^${DAY} ${MONTH} [ \\d]\\d ${TIME} \\d{4}$`);

/**
 * Parses the date of an HTTP header, in any of its three formats.
 * @returns ms since the epoch, or `undefined` if the text is not a valid date.
 * @see RFC 9110, section 5.6.7
 */
export function parseHttpDate(header: string | null): number | undefined {
  const text = header?.trim() ?? "";
  // The asctime format has no time zone and means GMT.
  const zoned = ASCTIME.test(text) ? `${text} GMT` : FIXDATE.test(text) || RFC850.test(text) ? text : "";
  const date = Date.parse(zoned);
  return Number.isNaN(date) ? undefined : date;
}
