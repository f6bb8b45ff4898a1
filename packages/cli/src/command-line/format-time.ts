const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in its two largest units, for people. */
export function formatDuration(ms: number): string {
  const left = Math.max(0, ms);
  if (left < MINUTE) return `${Math.floor(left / 1000)} s`;
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min`;
  const [large, small, names] = left < DAY ? [HOUR, MINUTE, ["h", "min"]] : [DAY, HOUR, ["d", "h"]];
  const rest = Math.floor((left % large) / small);
  return `${Math.floor(left / large)} ${names[0]}${rest === 0 ? "" : ` ${rest} ${names[1]}`}`;
}

/** The same for a table: `2h 59m`. */
export function formatShortDuration(ms: number): string {
  return formatDuration(ms).replace(/(\d) ([a-z])[a-z]*/g, "$1$2");
}

/** A time in this machine's time zone, unambiguous in every country: `2026-01-31 23:59`. */
export function formatInstant(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A time in ISO 8601; `null` if it is unknown. */
export function isoTime(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
