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
      expect(parseRetryAfter(String(seconds), NOW)).toBe(Math.min(seconds * 1000, 100 * 365 * 86_400_000));
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

for (const zone of ["UTC", "America/New_York", "Asia/Tokyo"]) {
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

test("a fraction of a second is rounded up to a whole ms", () => {
  expect(parseRetryAfter("1.5", NOW)).toBe(1_500);
  expect(parseRetryAfter("0.0001", NOW)).toBe(1);
  expect(parseRetryAfter("0.0", NOW)).toBe(0);
});

test("any number of digits is a wait, and the longest wait still gives a valid time", () => {
  expect(parseRetryAfter("99999999999", NOW)).toBeGreaterThan(50 * 365 * 86_400_000);
  for (const header of ["99999999999", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"]) {
    expect(new Date(NOW + (parseRetryAfter(header, NOW) ?? 0)).getUTCFullYear()).toBeGreaterThan(2100);
  }
});

test("the longest wait of a list counts, and the comma in a date does not start a list", () => {
  expect(parseRetryAfter("120, 120", NOW)).toBe(120_000);
  expect(parseRetryAfter("0,7 ,, 3", NOW)).toBe(7_000);
  expect(parseRetryAfter("5, Thu, 01 Jan 2026 12:01:00 GMT", NOW)).toBe(60_000);
  expect(parseRetryAfter("Thursday, 01-Jan-26 12:01:00 GMT,90", NOW)).toBe(90_000);
  expect(parseRetryAfter("Thu, 01 Jan 2026 12:01:00 GMT, Thu, 01 Jan 2026 12:02:00 GMT", NOW)).toBe(120_000);
  expect(parseRetryAfter("soon, 3", NOW, 5_000)).toBe(5_000);
  expect(parseRetryAfter("soon, 7", NOW, 5_000)).toBe(7_000);
});

test("a missing header is undefined", () => {
  expect(parseRetryAfter(null, NOW)).toBeUndefined();
});

test.each(["", " ", ",", "-1", "-120", "+1", "1e3", "0x10", "NaN", "Infinity", ".5", "12:00", "5s", "5 s", "soon 5"])(
  "%j is unreadable, which means a wait, not an immediate retry",
  (header) => {
    expect(parseRetryAfter(header, NOW, 5_000)).toBe(5_000);
    expect(parseRetryAfter(header, NOW)).toBe(10_000);
  },
);

test("a text that contains a number is neither seconds nor a date", () => {
  for (const header of ["in 5 minutes", "later", "try again on day 3", "2026-01-01", "Thu, 30 Feb 2026 12:01:00 GMT"]) {
    expect(parseRetryAfter(header, NOW, 5_000), header).toBe(5_000);
  }
});

test("a header that is present means a wait, unless each member is zero or a past date", () => {
  const past = fc.integer({ min: 1, max: 10 ** 9 }).map((ago) => new Date(NOW - ago * 1000).toUTCString());
  const future = fc.integer({ min: 1, max: 10 ** 9 }).map((ahead) => new Date(NOW + ahead * 1000).toUTCString());
  const none = fc.oneof(past, fc.constantFrom("0", "00", "0.0", "000.000"));
  const some = fc.oneof(
    future,
    fc.integer({ min: 1 }).map(String),
    fc.constantFrom("-0", "-1", "x", "0 0", "0;0", "٠"),
  );
  const lists = (member: fc.Arbitrary<string>) => fc.array(member, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(lists(none), (members) => {
      expect(parseRetryAfter(members.join(", "), NOW)).toBe(0);
    }),
  );
  fc.assert(
    fc.property(lists(fc.oneof(none, some)), some, fc.nat(), (members, one, at) => {
      expect(parseRetryAfter(members.toSpliced(at % (members.length + 1), 0, one).join(", "), NOW)).toBeGreaterThan(0);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.date().map(String)), (header) => {
      const wait = parseRetryAfter(header, NOW) ?? 0;
      expect(Number.isSafeInteger(wait)).toBe(true);
      if (!/0|GMT/.test(header)) expect(wait).toBeGreaterThan(0);
    }),
  );
});
