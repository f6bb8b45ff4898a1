/** `YYYY-MM-DD HH:mm:ss` in the local time of a zone. */
export function localTime(at: number, timeZone: string): string {
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** ISO 8601 with the zone's offset, without fractions. */
export function isoTime(at: number, timeZone: string): string {
  const local = localTime(at, timeZone);
  const [year = 0, month = 0, ...rest] = local.split(/[- :]/).map(Number);
  const offset = Math.round((Date.UTC(year, month - 1, ...rest) - Math.floor(at / 1000) * 1000) / 60_000);
  const sign = offset < 0 ? "-" : "+";
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
  const minutes = String(Math.abs(offset) % 60).padStart(2, "0");
  return `${local.replace(" ", "T")}${sign}${hours}:${minutes}`;
}

function partsOf(at: number, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
