import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCookiesTxt, parseCookiesTxt } from "../../src/net/cookies-txt.ts";

const HOME = "https://acme.example/api/";

test("a written cookie is read back, with any value", () => {
  const value = fc.stringMatching(/^[\x21-\x3a\x3c-\x7e]+$/);
  const name = fc.stringMatching(/^[A-Za-z0-9_-]+$/).filter((text) => text !== "__proto__");
  fc.assert(
    fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (cookies) => {
      expect(parseCookiesTxt(formatCookiesTxt(cookies, { baseUrl: HOME }), HOME)).toEqual(cookies);
    }),
  );
});

test("the lines are those of curl, without HttpOnly, because wget reads such a line as a comment", () => {
  const text = formatCookiesTxt({ va: "made-up" }, { baseUrl: HOME, expiresAt: 1_800_000_000_999 });
  expect(text).toBe("# Netscape HTTP Cookie File\n\nacme.example\tFALSE\t/\tTRUE\t1800000000\tva\tmade-up\n");
});

const line = (fields: (string | number)[]) => `${fields.join("\t")}\n`;
test.for<[string, (string | number)[], string, boolean]>([
  ["of the host", ["acme.example", "FALSE", "/", "TRUE", 0, "a", "1"], HOME, true],
  ["of a domain above", [".acme.example", "TRUE", "/", "TRUE", 0, "a", "1"], "https://eu.acme.example/", true],
  [
    "of a domain above, for itself only",
    ["acme.example", "FALSE", "/", "TRUE", 0, "a", "1"],
    "https://eu.acme.example/",
    false,
  ],
  [
    "of the end of an address, which is no domain",
    [".1", "TRUE", "/", "FALSE", 0, "a", "1"],
    "http://127.0.0.1/",
    false,
  ],
  [
    "of a domain that only ends alike",
    [".acme.example", "TRUE", "/", "TRUE", 0, "a", "1"],
    "https://notacme.example/",
    false,
  ],
  ["of another host", ["evil.example", "FALSE", "/", "TRUE", 0, "a", "1"], HOME, false],
  ["of another path", ["acme.example", "FALSE", "/other", "TRUE", 0, "a", "1"], HOME, false],
  ["of the path itself", ["acme.example", "FALSE", "/api", "TRUE", 0, "a", "1"], HOME, true],
  ["of a path with the same beginning", ["acme.example", "FALSE", "/ap", "TRUE", 0, "a", "1"], HOME, false],
  ["that has expired", ["acme.example", "FALSE", "/", "TRUE", 1, "a", "1"], HOME, false],
  ["for TLS, on a host without", ["acme.example", "FALSE", "/", "TRUE", 0, "a", "1"], "http://acme.example/", false],
  ["without TLS, on a host with", ["acme.example", "FALSE", "/", "FALSE", 0, "a", "1"], HOME, true],
  ["with too few fields", ["acme.example", "FALSE", "/", "TRUE", 0, "a"], HOME, false],
  ["in a comment", ["# acme.example", "FALSE", "/", "TRUE", 0, "a", "1"], HOME, false],
])("a cookie %s is read or ignored as expected", ([, fields, url, read]) => {
  expect(parseCookiesTxt(line(fields), url)).toEqual(read ? { a: "1" } : {});
});

test("a byte order mark is not part of the first host", () => {
  const text = "\ufeffacme.example\tFALSE\t/\tTRUE\t0\tva\tmade-up\n";
  expect(parseCookiesTxt(text, "https://acme.example")).toEqual({ va: "made-up" });
});

test("Windows line ends and empty lines are accepted", () => {
  expect(parseCookiesTxt("# c\r\n\r\nacme.example\tFALSE\t/\tFALSE\t0\ta\t1\r\n", HOME)).toEqual({ a: "1" });
});

describe("a line", () => {
  const address = "http://[2001:db8::7]:8080/";

  test("of an IPv6 address has no brackets when it is written, and may have them when it is read", () => {
    const text = formatCookiesTxt({ va: "made-up" }, { baseUrl: address });
    expect(text).toContain("\n2001:db8::7\tFALSE\t/\tFALSE\t2147483647\tva\tmade-up\n");
    for (const form of [text, text.replace("2001:db8::7", "[2001:db8::7]"), text.replace("::7", "::7:8080")]) {
      expect(parseCookiesTxt(form, address)).toEqual({ va: "made-up" });
    }
    expect(parseCookiesTxt(text, "http://[2001:db8::8]:8080/")).toEqual({});
  });

  test("with HttpOnly is read", () => {
    expect(parseCookiesTxt(`#HttpOnly_${line(["acme.example", "FALSE", "/", "TRUE", 0, "a", "1"])}`, HOME)).toEqual({
      a: "1",
    });
  });

  test("with the longer path counts, or the last of equal paths", () => {
    const of = (path: string, value: string) => line(["acme.example", "FALSE", path, "TRUE", 0, "a", value]);
    expect(parseCookiesTxt(of("/api", "near") + of("/", "far"), HOME)).toEqual({ a: "near" });
    expect(parseCookiesTxt(of("/", "far") + of("/api", "near"), HOME)).toEqual({ a: "near" });
    expect(parseCookiesTxt(of("/", "old") + of("/", "new"), HOME)).toEqual({ a: "new" });
    expect(parseCookiesTxt(of("/", "here") + of("/other", "foreign"), HOME)).toEqual({ a: "here" });
  });

  test("with the name __proto__ is a normal cookie", () => {
    const cookies = parseCookiesTxt(line(["acme.example", "FALSE", "/", "TRUE", 0, "__proto__", "1"]), HOME);
    expect(Object.entries(cookies)).toEqual([["__proto__", "1"]]);
  });
});

test.each([
  ["a\tb", "1"],
  ["a", "1\n.evil.example\tTRUE\t/\tTRUE\t0\ta\t1"],
  ["a", "1\r"],
])("a cookie that would add a line is refused without being shown: case %#", (name, value) => {
  const write = () => formatCookiesTxt({ [name]: value }, { baseUrl: HOME });
  expect(write).toThrow(new TypeError("A cookie for a cookies.txt contains a tab or a line break."));
});
