const ISO = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|z|[+-]\d{2}(?::?\d{2})?)$/;

/**
 * Reads an ISO 8601 date and time with a zone, with any number of fraction digits and any form of offset.
 * @returns ms since the epoch, or `undefined` where the text is not one.
 */
export function parseTimestamp(text: string): number | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const [, date, time, fraction = "", zone = "Z"] = match;
  const offset =
    zone.toUpperCase() === "Z" ? "Z" : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...):?(..)$/, "$1:$2");
  const ms = Date.parse(`${date}T${time}${fraction.slice(0, 4)}${offset}`);
  // Engines roll a 30th of February over into March.
  const real = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || Number.isNaN(real) || new Date(real).toISOString().slice(0, 10) !== date ? undefined : ms;
}
