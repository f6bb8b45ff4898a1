import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parseCookieDate } from "../../src/net/cookie-date.ts";
import { asctime, instants, rfc850 } from "./dates.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(["UTC", "Asia/Tokyo", "America/New_York"])("on a machine in %s", (zone) => {
  test("each format of HTTP is read as UTC", () => {
    vi.stubEnv("TZ", zone);
    fc.assert(
      fc.property(instants, (at) => {
        expect(parseCookieDate(new Date(at).toUTCString())).toBe(at);
        expect(parseCookieDate(rfc850(at, 4))).toBe(at);
        expect(parseCookieDate(asctime(at))).toBe(at);
      }),
    );
  });

  // From RFC 6265's algorithm and the dates that servers send.
  test.each([
    ["Thu, 01-Jan-1970 00:00:01 GMT", Date.UTC(1970, 0, 1, 0, 0, 1)],
    ["Thu, 01-Jan-70 00:00:00 GMT", 0],
    ["Wed, 31-Dec-69 23:59:59 GMT", Date.UTC(2069, 11, 31, 23, 59, 59)],
    ["Mon, 10-Dec-2007 17:02:24 GMT", Date.UTC(2007, 11, 10, 17, 2, 24)],
    ["Wed, 09 Dec 2009 16:27:23 PST", Date.UTC(2009, 11, 9, 16, 27, 23)],
    ["Sep 18, 2029 7:8:9", Date.UTC(2029, 8, 18, 7, 8, 9)],
    ["08:09:10 january 4th 30", Date.UTC(2030, 0, 4, 8, 9, 10)],
    ["1/Jan/2030/00:00:00.000", Date.UTC(2030, 0, 1)],
    ["Tue, 01 Jan 2030 00:00:00 GMT+0900", Date.UTC(2030, 0, 1)],
  ])("%s is read", (text, at) => {
    vi.stubEnv("TZ", zone);
    expect(parseCookieDate(text)).toBe(at);
  });
});

test.each([
  "",
  "0",
  "-1",
  "never",
  "Session",
  "1893456000",
  "2030-01-01T00:00:00Z",
  "Tue, 01 Jan 2030",
  "Tue, 01 Jan 00:00:00 GMT",
  "Tue, 30 Feb 2030 00:00:00 GMT",
  "Tue, 00 Jan 2030 00:00:00 GMT",
  "Tue, 32 Jan 2030 00:00:00 GMT",
  "Tue, 01 Jan 1600 00:00:00 GMT",
  "Tue, 01 Jan 2030 24:00:00 GMT",
  "Tue, 01 Jan 2030 00:60:00 GMT",
  "Tue, 01 Jan 2030 00:00:60 GMT",
  "Tue, 01 Jan 2030 00:00:000 GMT",
  "Tue, 01 Jan 12345 00:00:00 GMT",
])("%j is not a date", (text) => {
  expect(parseCookieDate(text)).toBeUndefined();
});

test("for any text the result is undefined or a valid time", () => {
  const part = fc.constantFrom("1", "31", "70", "2030", "jan", "Dec", "00:00:00", "9:9:9", "GMT", "99999", "0");
  const texts = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(" "));
  fc.assert(
    fc.property(fc.oneof(fc.string(), texts), (text) => {
      const at = parseCookieDate(text);
      expect(at === undefined || !Number.isNaN(new Date(at).getTime())).toBe(true);
    }),
  );
});
