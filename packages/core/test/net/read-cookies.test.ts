import { afterEach, describe, expect, test, vi } from "vitest";
import { readCookies } from "../../src/net/read-cookies.ts";
import { FUTURE, headersOf, NOW, PAST, read, sent, URL_OF_LOGIN } from "./cookie-lines.ts";

describe("names and values", () => {
  test.each([
    ["a=1", "a=1"],
    ["  a \t=\t 1  ; Path=/", "a=1"],
    ["a=1=2==", "a=1=2=="],
    ["a==1", "a==1"],
    ["a=", "a="],
    ["a=;", "a="],
    ["a= ; Secure", "a="],
    ["a=1;", "a=1"],
    ["a=1;;;;", "a=1"],
    ["a=1;=x;=;a", "a=1"],
    ["a=b c", "a=b c"],
    ["a b=c", "a b=c"],
    ['a="1"', 'a="1"'],
    ['a="1;2"', 'a="1'],
    ['a="1, 2"; Path=/', 'a="1, 2"'],
    ["a='1'", "a='1'"],
    ["a=1,b=2", "a=1,b=2"],
    ["a=%20%C3%A9%zz", "a=%20%C3%A9%zz"],
    ["a=é", "a=é"],
    ["a=\u00a01\u00a0", "a=\u00a01\u00a0"],
    ["Path=1; path=/", "Path=1"],
    ["Expires=1", "Expires=1"],
    ["constructor=1", "constructor=1"],
    ["__proto__=1", "__proto__=1"],
    ["a=1; name=b; value=2; toString=3", "a=1"],
    ["$Version=1; a=2", "$Version=1"],
    ["=1", ""],
    ["=", ""],
    ["", ""],
    [";", ""],
    ["a", ""],
    ["a; Path=/", ""],
    ["; a=1", ""],
    [" \t =1", ""],
  ])("of %j are read as in the RFC", (line, expected) => {
    expect(sent([line])).toBe(expected);
  });

  test("are case-sensitive, and a name can end with another name", () => {
    expect(sent(["a=1", "A=2", "aa=3"])).toBe("a=1; A=2; aa=3");
  });

  test("of a thousand cookies are kept in their order", () => {
    const pairs = Array.from({ length: 1000 }, (_, at) => `c${at}=${at}`);
    expect(sent(pairs)).toBe(pairs.join("; "));
  });
});

describe("Max-Age and Expires", () => {
  test.each<[string, object]>([
    ["", {}],
    ["; Max-Age=60", { expiresIn: 60_000 }],
    ["; max-AGE = 60 ", { expiresIn: 60_000 }],
    ["; Max-Age=060", { expiresIn: 60_000 }],
    ["; Max-Age=99999999999", { expiresIn: 99_999_999_999_000 }],
    [`; Max-Age=60; Expires=${PAST}`, { expiresIn: 60_000 }],
    [`; Expires=${PAST}; Max-Age=60`, { expiresIn: 60_000 }],
    ["; Max-Age=60; Max-Age=120", { expiresIn: 120_000 }],
    ["; Max-Age=60; Max-Age=soon", { expiresIn: 60_000 }],
    ["; Max-Age", {}],
    ["; Max-Age=", {}],
    ["; Max-Age=1.5", {}],
    ["; Max-Age=+60", {}],
    ["; Max-Age=60s", {}],
    ['; Max-Age="60"', {}],
    ["; Max-Age=- 1", {}],
    [`; Expires=${FUTURE}`, { expiresAt: NOW + 1000 }],
    [`;EXPIRES  =  ${FUTURE}`, { expiresAt: NOW + 1000 }],
    [`; Expires=${PAST}; Expires=${FUTURE}`, { expiresAt: NOW + 1000 }],
    [`; Expires=${FUTURE}; Expires=never`, { expiresAt: NOW + 1000 }],
    [`; Max-Age=soon; Expires=${FUTURE}`, { expiresAt: NOW + 1000 }],
    ["; Expires=Mon, 01-Jan-29 00:00:01 GMT", { expiresAt: NOW + 1000 }],
    ["; Expires=0", {}],
    ["; Expires=-1", {}],
    ["; Expires", {}],
    ["; Expires=", {}],
    ["; Expires=2020-01-01T00:00:00Z", {}],
    ["; Expires=Thu, 01 Jan 1970", {}],
    [`; NotExpires=${PAST}; xExpires=${PAST}`, {}],
  ])("of a cookie that is set with %j are read", (attributes, lifetime) => {
    const { cookies, deleted } = read([`a=1${attributes}`]);
    expect(cookies).toEqual([
      {
        name: "a",
        value: "1",
        domain: "eu.acme.example",
        isHostOnly: true,
        path: "/api/v1",
        isSecure: false,
        ...lifetime,
      },
    ]);
    expect(deleted).toEqual([]);
  });

  test.each([
    "Max-Age=0",
    "Max-Age=-1",
    "Max-Age=-99999999999999999999999",
    `Max-Age=0; Expires=${FUTURE}`,
    `Expires=${FUTURE}; Max-Age=0`,
    "Max-Age=60; Max-Age=0",
    `Expires=${PAST}`,
    "Expires=Mon, 01 Jan 2029 00:00:00 GMT",
    "Expires=Thu, 01-Jan-1970 00:00:01 GMT",
    "expires=Thu, 01-Jan-70 00:00:01 GMT",
    `Max-Age=soon; Expires=${PAST}`,
    `Expires=${FUTURE}; Expires=${PAST}`,
    `Expires=${PAST}; Expires=0`,
  ])("of a cookie that is deleted with %j are read", (attributes) => {
    expect(read([`a=1; ${attributes}`])).toEqual({ cookies: [], deleted: ["a"] });
    expect(read(["a=1", `a=2; ${attributes}`])).toEqual({ cookies: [], deleted: ["a"] });
    expect(sent([`a=1; ${attributes}`, "a=2"])).toBe("a=2");
  });

  test("are compared with the server's `Date`", () => {
    const headers = headersOf([`a=1; Expires=${FUTURE}`]);
    headers.set("date", "Mon, 01 Jan 2029 00:00:00 GMT");
    expect(readCookies(headers, URL_OF_LOGIN).cookies).toHaveLength(1);
    headers.set("date", FUTURE);
    expect(readCookies(headers, URL_OF_LOGIN)).toEqual({ cookies: [], deleted: ["a"] });
  });

  test("are not compared with this machine's clock if there is no `Date`", () => {
    const expiry = (date: string) => readCookies(headersOf([`a=1; Expires=${date}`]), URL_OF_LOGIN).cookies.length;
    expect(expiry("Wed, 01 Jan 2020 00:00:01 GMT")).toBe(1);
    expect(expiry("Tue, 12 Oct 1999 00:00:00 GMT")).toBe(0);
  });
});

describe.each(["UTC", "Asia/Tokyo", "America/New_York"])("on a machine in %s", (zone) => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each([
    "Mon, 01 Jan 2029 00:00:01 GMT",
    "Mon, 01-Jan-2029 00:00:01 GMT",
    "Monday, 01-Jan-29 00:00:01 GMT",
    "Mon Jan  1 00:00:01 2029",
    "Mon, 01 Jan 2029 00:00:01",
    "1 January 2029 0:0:1 PST",
  ])("Expires=%s is UTC", (date) => {
    vi.stubEnv("TZ", zone);
    const line = `a=1; Expires=${date}`;
    expect(readCookies(headersOf([line]), URL_OF_LOGIN, { now: NOW }).cookies).toMatchObject([
      { expiresAt: NOW + 1000 },
    ]);
    expect(readCookies(headersOf([line]), URL_OF_LOGIN, { now: NOW + 1000 }).deleted).toEqual(["a"]);
  });

  test("Expires=0 neither deletes the cookie nor limits it", () => {
    vi.stubEnv("TZ", zone);
    expect(read(["a=1; Expires=0"]).cookies).toMatchObject([{ value: "1" }]);
    expect(read(["a=1; Expires=0"]).cookies[0]).not.toHaveProperty("expiresAt");
  });
});

describe("a runtime without getSetCookie", () => {
  /** Headers that only have the joined lines, as in React Native or node-fetch 2. */
  function joined(line: string | null): Headers {
    return { get: (name: string) => (name === "set-cookie" ? line : null) } as Headers;
  }

  test.each([
    [["a=1"]],
    [["a=1", "b=2"]],
    [["a=1; Expires=Mon, 01 Jan 2029 00:00:01 GMT", "b=2"]],
    [["a=1; Expires=Mon, 01 Jan 2029 00:00:01 GMT; Path=/", "b=2; Expires=Mon, 01-Jan-2029 00:00:01 GMT"]],
    [["a=1,2; Path=/", "b="]],
    [["a=1", "b=2; Domain=acme.example, ", "c=3"]],
    [["a=", "b=; Secure"]],
  ])("reads %j as one with it does", (lines) => {
    expect(readCookies(joined(lines.join(", ")), URL_OF_LOGIN, { now: NOW })).toEqual(read(lines));
    expect(readCookies(joined(lines.join(",")), URL_OF_LOGIN, { now: NOW })).toEqual(read(lines));
  });

  test("finds nothing if the runtime hides the header", () => {
    expect(readCookies(joined(null), URL_OF_LOGIN)).toEqual({ cookies: [], deleted: [] });
  });

  test("reads a long header with commas quickly", () => {
    const started = performance.now();
    readCookies(joined(`a=1${", ".repeat(50_000)}${" ".repeat(50_000)},${"x".repeat(100_000)}`), URL_OF_LOGIN);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

test("long runs of spaces are read quickly", () => {
  const started = performance.now();
  const spaces = " ".repeat(200_000);
  expect(sent([`a${spaces}b=1${spaces}2;${spaces}x`])).toBe(`a${spaces}b=1${spaces}2`);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("nothing is printed about unreadable attributes", () => {
  const prints = (["error", "warn", "log"] as const).map((name) => vi.spyOn(console, name));
  read(["a=1; Max-Age=soon; Expires=never; toString=2", "constructor=1", ";"]);
  for (const print of prints) {
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  }
});
