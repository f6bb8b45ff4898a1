import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parseHttpDate } from "../../src/net/http-date.ts";
import { asctime, instants, rfc850 } from "./dates.ts";

const NOW = Date.UTC(2026, 0, 1, 12);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(["UTC", "Asia/Tokyo", "America/New_York"])("on a machine in %s", (zone) => {
  test("the time zone of the process changes what `Date` reads, so these tests can fail", () => {
    vi.stubEnv("TZ", zone);
    expect(new Date(2026, 0, 1).toISOString()).toBe(
      { UTC: "2026-01-01T00", "Asia/Tokyo": "2025-12-31T15", "America/New_York": "2026-01-01T05" }[zone] +
        ":00:00.000Z",
    );
  });

  test("each format is read as UTC", () => {
    vi.stubEnv("TZ", zone);
    fc.assert(
      fc.property(instants, (at) => {
        expect(parseHttpDate(new Date(at).toUTCString(), NOW)).toBe(at);
        expect(parseHttpDate(asctime(at), NOW)).toBe(at);
        expect(parseHttpDate(rfc850(at, 4), NOW)).toBe(at);
      }),
    );
  });

  test("a two-digit year is at most 50 years ahead, and less than 50 years ago", () => {
    vi.stubEnv("TZ", zone);
    fc.assert(
      fc.property(instants, fc.integer({ min: -49 * 365, max: 49 * 365 }), (now, days) => {
        const at = now + days * 86_400_000;
        expect(parseHttpDate(rfc850(at, 2), now)).toBe(at);
      }),
    );
  });
});

test("a two-digit year that would be more than 50 years ahead is in the past", () => {
  expect(parseHttpDate("Thursday, 01-Jan-76 12:00:00 GMT", NOW)).toBe(Date.UTC(2076, 0, 1, 12));
  expect(parseHttpDate("Thursday, 01-Jan-76 12:00:01 GMT", NOW)).toBe(Date.UTC(1976, 0, 1, 12, 0, 1));
  expect(parseHttpDate("Tuesday, 29-Feb-00 00:00:00 GMT", NOW)).toBe(Date.UTC(2000, 1, 29));
});

test.each([
  "",
  "0",
  "now",
  "Thu, 30 Feb 2026 00:00:00 GMT",
  "Thu, 29 Feb 2026 00:00:00 GMT",
  "Thu, 00 Jan 2026 00:00:00 GMT",
  "Thu, 01 Foo 2026 00:00:00 GMT",
  "Thu, 01 Jan 2026 24:00:00 GMT",
  "Thu, 01 Jan 2026 00:60:00 GMT",
  "Thu, 01 Jan 2026 00:00:61 GMT",
  "Thu, 01 Jan 2026 00:00:00",
  "Thu, 01 Jan 2026 00:00:00 PST",
  "Thu, 01 Jan 2026 00:00:00 +0100",
  "Thu, 01-Jan 2026 00:00:00 GMT",
  "Thu, 01 Jan 26 00:00:00 GMT",
  "01 Jan 2026 00:00:00 GMT",
  "2026-01-01T00:00:00Z",
  "2026",
  "Thu Jan  1 00:00:00 2026 x",
])("%j is not a date", (text) => {
  expect(parseHttpDate(text, NOW)).toBeUndefined();
});

test("a missing header is not a date; a leap second, another case and a wrong weekday are accepted", () => {
  expect(parseHttpDate(null, NOW)).toBeUndefined();
  expect(parseHttpDate("Sat, 31 Dec 2016 23:59:60 GMT", NOW)).toBe(Date.UTC(2017, 0, 1));
  expect(parseHttpDate(" mon, 01 JAN 2026 00:00:00 gmt ", NOW)).toBe(Date.UTC(2026, 0, 1));
});

test("for any text the result is undefined or a valid time", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.date().map(String)), (text) => {
      const at = parseHttpDate(text, NOW);
      expect(at === undefined || Number.isSafeInteger(at)).toBe(true);
    }),
  );
});
