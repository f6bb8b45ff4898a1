import fc from "fast-check";

// Values of a wrong type or form.

/** Dates in unusual formats, and invalid ones. */
export const dates: fc.Arbitrary<string> = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toString()),
  fc
    .date({ noInvalidDate: true, min: new Date("1970-01-01"), max: new Date("2100-01-01") })
    .map((date) => date.toISOString().slice(0, 19).replace("T", " ")),
  fc.integer({ min: -8.64e12, max: 8.64e12 }).map(String),
  fc.constantFrom(
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
    "Thu, 01-Jan-1970 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "2026-02-30 00:00:00",
    "2026-13-01 00:00:00",
    "0000-00-00 00:00:00",
    "2026-01-01 24:00:00",
    "2026-06-30T23:59:60Z",
    "2026-01-01t00:00:00z",
    "2026-01-01T00:00:00+99:99",
    "2026-01-01T00:00:00.123456789012+0530",
    "2026-01-01T00:00:00-23:59",
    "+275760-09-13T00:00:00.000Z",
    "+275760-09-13T00:00:00.001Z",
    "-000001-01-01T00:00:00Z",
    "2026-W01-1",
    "01/02/03",
    "tomorrow",
    "",
    " ",
    "NaN",
    "Infinity",
  ),
);

const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "",
    " ",
    "0",
    "40",
    "null",
    "Bearer ",
    "Bearer",
    "a\r\nset-cookie: va=1",
    "\u0000",
    "\ud800",
    "é",
    "=;,",
  ),
  fc.constantFrom("../..", "evil.example/", "c001.evil", "-", "a".repeat(64), "xn--a", "localhost:1", "@"),
  fc.constant("x".repeat(100_000)),
  // Placeholders for the session's secrets.
  fc.constantFrom("<password>", "it is <password>.", "<token>", "<code>"),
  dates,
);

const numbers: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 40, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53 + 2, 5e-324),
);

/** Any JSON value, biased towards odd ones. */
export const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  numbers,
  texts,
  fc.constantFrom([], {}, [[]], [null], { a: null }, [[[[null]]]], { a: { b: { c: null } } }),
  // A key that quotes a secret.
  fc.constantFrom({ "<password>": 5 }, { "it is <password>": { "<token>": null } }, [{ id: "<password>" }]),
  fc.dictionary(fc.oneof(texts, fc.constantFrom("__proto__", "constructor", "toString", "then")), texts),
  fc.array(texts),
  fc.jsonValue(),
);

export const statuses: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 100, max: 599 }),
  fc.integer({ min: 600, max: 999 }),
  fc.constantFrom(200, 201, 204, 205, 206, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 406, 412, 415, 419),
  fc.constantFrom(422, 429, 460, 461, 462, 465, 500, 503),
);
