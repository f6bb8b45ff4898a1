import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTimestamp } from "../../src/util/timestamp.ts";

const pad = (value: number, width = 2) => String(Math.abs(value)).padStart(width, "0");

const dates = fc.date({
  min: new Date("0000-01-02T00:00:00.000Z"),
  max: new Date("9999-12-30T23:59:59.999Z"),
  noInvalidDate: true,
});
const offsets = fc.oneof(
  fc.constantFrom({ minutes: 0, text: "Z" }, { minutes: 0, text: "z" }, { minutes: 0, text: "-00:00" }),
  fc
    .record({
      sign: fc.constantFrom(1, -1),
      hours: fc.integer({ min: 0, max: 23 }),
      minutes: fc.integer({ min: 0, max: 59 }),
      colon: fc.constantFrom(":", ""),
    })
    .map(({ sign, hours, minutes, colon }) => ({
      minutes: sign * (hours * 60 + minutes),
      text: `${sign < 0 ? "-" : "+"}${pad(hours)}${colon}${pad(minutes)}`,
    })),
  fc
    .record({ sign: fc.constantFrom(1, -1), hours: fc.integer({ min: 0, max: 23 }) })
    .map(({ sign, hours }) => ({ minutes: sign * hours * 60, text: `${sign < 0 ? "-" : "+"}${pad(hours)}` })),
);

test("any instant is read back, with any offset and any number of fraction digits", () => {
  fc.assert(
    fc.property(
      dates,
      offsets,
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 999_999 }),
      fc.constantFrom("T", "t", " "),
      (date, offset, digits, beyond, between) => {
        const local = new Date(date.getTime() + offset.minutes * 60_000);
        const nanos = `${pad(local.getUTCMilliseconds(), 3)}${pad(beyond, 6)}`;
        const fraction = digits === 0 ? "" : `.${nanos.slice(0, digits)}`;
        const [day, time] = local.toISOString().split("T");
        // The offset may have moved the year out of four digits, which adds a sign.
        fc.pre(/^\d{4}-/.test(day ?? ""));
        const text = `${day}${between}${time?.slice(0, 8)}${fraction}${offset.text}`;
        const unit = 10 ** Math.max(0, 3 - digits);
        const lost = local.getUTCMilliseconds() % unit;
        expect(parseTimestamp(text), text).toBe(date.getTime() - lost);
      },
    ),
    { numRuns: 1000 },
  );
});

test("the output of Date is read back", () => {
  fc.assert(
    fc.property(dates, (date) => {
      expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
    }),
  );
});

for (const [text, instant] of [
  ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"],
  ["2026-01-02T03:04Z", "2026-01-02T03:04:00.000Z"],
  ["2026-01-02 03:04:05.123456789+00", "2026-01-02T03:04:05.123Z"],
  ["2026-01-02T03:04:05.999999-0530", "2026-01-02T08:34:05.999Z"],
  ["  2026-01-02T03:04:05+05:30\n", "2026-01-01T21:34:05.000Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
] as const) {
  test(`${JSON.stringify(text)} is ${instant}`, () => {
    expect(new Date(parseTimestamp(text) ?? Number.NaN).toISOString()).toBe(instant);
  });
}

for (const text of [
  "",
  "now",
  "2026-01-02",
  "2026-01-02T03:04:05",
  "2026-01-02T03:04:05.Z",
  "2026-01-02T03:04:05,5Z",
  "2026-1-2T03:04:05Z",
  "2026-13-01T00:00:00Z",
  "2026-00-01T00:00:00Z",
  "2026-01-00T00:00:00Z",
  "2026-01-32T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2025-02-29T00:00:00Z",
  "2026-04-31T00:00:00Z",
  "2026-01-01T25:00:00Z",
  "2026-01-01T00:60:00Z",
  "2026-01-01T00:00:61Z",
  "2026-01-01T00:00:00+99:99",
  "2026-01-01T00:00:00+1",
  "1767225600",
  "Thu, 01 Jan 2026 00:00:00 GMT",
  "2026-01-01T00:00:00Z junk",
]) {
  test(`${JSON.stringify(text)} is not a timestamp`, () => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
}

test("no text makes the parser throw or return NaN", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{4})$/)),
      (text) => {
        expect(parseTimestamp(text)).not.toBeNaN();
      },
    ),
  );
});
