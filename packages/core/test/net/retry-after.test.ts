import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { parseRetryAfter } from "../../src/net/retry-after.ts";

const NOW = Date.UTC(2026, 0, 1, 12);

afterEach(() => {
  vi.unstubAllEnvs();
});

test("seconds are read as ms", () => {
  expect(parseRetryAfter("0", NOW)).toBe(0);
  expect(parseRetryAfter("7", NOW)).toBe(7_000);
  expect(parseRetryAfter(" 120 ", NOW)).toBe(120_000);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (seconds) => {
      expect(parseRetryAfter(String(seconds), NOW)).toBe(seconds * 1000);
    }),
  );
});

test("a date is read as the time until then", () => {
  const instant = fc.integer({ min: 0, max: 86_400 * 365 * 50 });
  fc.assert(
    fc.property(instant, (seconds) => {
      const then = seconds * 1000 + NOW;
      expect(parseRetryAfter(new Date(then).toUTCString(), NOW)).toBe(then - NOW);
    }),
  );
});

test("a past date means no wait", () => {
  expect(parseRetryAfter("Wed, 31 Dec 2025 23:59:59 GMT", NOW)).toBe(0);
});

for (const zone of ["UTC", "America/New_York", "Asia/Kolkata"]) {
  for (const [form, text] of [
    ["of today", "Thu, 01 Jan 2026 12:01:00 GMT"],
    ["of RFC 850", "Thursday, 01-Jan-26 12:01:00 GMT"],
    ["of asctime()", "Thu Jan  1 12:01:00 2026"],
  ] as const) {
    test(`the format ${form} is read in UTC if the machine is in ${zone}`, () => {
      vi.stubEnv("TZ", zone);
      expect(parseRetryAfter(text, NOW)).toBe(60_000);
    });
  }
}

test("an absent or malformed header is undefined, never NaN", () => {
  for (const header of [
    null,
    "",
    " ",
    "-1",
    "+1",
    "1.5",
    "1e3",
    "0x10",
    "NaN",
    "Infinity",
    "1,2",
    "12:00",
    "99999999999",
  ]) {
    expect(parseRetryAfter(header, NOW), String(header)).toBeUndefined();
  }
});

test("a text that contains a number is not a date", () => {
  for (const header of ["soon 5", "abc 12", "in 5 minutes", "5 s", "5s", "later", "try again on day 3"]) {
    expect(parseRetryAfter(header, NOW), header).toBeUndefined();
  }
});

test("for any header, the wait is undefined or a whole number of ms of at least 0", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.date().map(String)), (header) => {
      const wait = parseRetryAfter(header, NOW);
      expect(wait === undefined || (Number.isSafeInteger(wait) && wait >= 0)).toBe(true);
    }),
  );
});
