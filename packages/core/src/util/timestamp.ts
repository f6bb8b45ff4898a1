const ISO = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|z|[+-]\d{2}(?::?\d{2})?)$/;

/**
 * Parses an ISO 8601 date and time with a time zone. Accepts any number of fraction digits and any form of offset.
 * @returns ms since the epoch, or `undefined` if the text is not a valid timestamp.
 * @example
 * parseTimestamp("2030-01-31T12:00:00.123456+0200"); // 1896084000123
 */
export function parseTimestamp(text: string): number | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const [, date, time, fraction = "", zone = "Z"] = match;
  const offset =
    zone.toUpperCase() === "Z" ? "Z" : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...):?(..)$/, "$1:$2");
  const ms = Date.parse(`${date}T${time}${fraction.slice(0, 4)}${offset}`);
  // JavaScript engines read 30 February as a day in March.
  const real = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || Number.isNaN(real) || new Date(real).toISOString().slice(0, 10) !== date ? undefined : ms;
}
