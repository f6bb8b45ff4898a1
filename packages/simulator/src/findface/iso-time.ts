const pattern =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?(Z|([+-])(\d\d):(\d\d))$/;

/** Parses an ISO 8601 date with a zone to ms since the epoch; `undefined` for any other text. */
export function parseIsoTime(text: string): number | undefined {
  const [whole, year, month, day, hour, minute, second = 0, fraction = 0, , sign, zoneHours = 0, zoneMinutes = 0] =
    pattern.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const start = Date.UTC(Number(year), Number(month) - 1, 1);
  const days = (Date.UTC(Number(year), Number(month), 1) - start) / 86_400_000;
  if (Number(day) < 1 || Number(day) > days) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === "-" ? -1 : 1);
  const minutes = ((Number(day) - 1) * 24 + Number(hour)) * 60 + Number(minute) - offset;
  return start + (minutes * 60 + Number(second) + Number(`0.${fraction}`)) * 1000;
}
