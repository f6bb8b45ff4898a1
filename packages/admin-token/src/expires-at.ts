import { tzOffset } from "@date-fns/tz/tzOffset";
import { parseTimestamp } from "@vms/core/flow";

const LOCAL = /^(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})(\.\d+)?$/;
const DAY = 86_400_000;

/**
 * Reads the expiry of a token: `YYYY-MM-DD HH:mm:ss` in local time, or ISO 8601 with its own zone.
 * A local time that occurs twice or never, when the clocks change, is the earlier instant: early renewal is safe.
 * @param timeZone the IANA zone of a local time.
 * @returns ms since the epoch, or `undefined` if the text has neither form.
 */
export function parseExpiresAt(text: string, timeZone: string): number | undefined {
  const match = LOCAL.exec(text.trim());
  if (match === null) return parseTimestamp(text);
  const local = parseTimestamp(`${match[1]}Z`);
  return local === undefined ? undefined : earliestInstant(local, timeZone);
}

// Only the zone's offsets a day before and a day after can apply to the local time.
function earliestInstant(local: number, timeZone: string): number {
  const candidates = [local - DAY, local + DAY].map((near) => local - offsetAt(near, timeZone));
  const existing = candidates.filter((instant) => instant + offsetAt(instant, timeZone) === local);
  return Math.min(...(existing.length > 0 ? existing : candidates));
}

function offsetAt(instant: number, timeZone: string): number {
  return tzOffset(timeZone, new Date(instant)) * 60_000;
}

/** Whether the runtime knows a time zone of this name. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== "string" || value === "") return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
