import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsolute, joinBelow } from "../../src/net/base-url.ts";
import { matchesOrigin } from "../../src/net/origin-pattern.ts";
import { fakeVendor } from "../fake-vendor.ts";

const BASES = [
  "https://vendor.example/",
  "https://vendor.example:8443/rest/v1/",
  "http://127.0.0.1:1/",
  "https://[::1]/a%20b/",
] as const;

/** Inputs that URL parsers read in different ways. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "/",
        "\\",
        "//",
        "\t",
        "\n",
        "\r",
        "\0",
        " ",
        "\u001f",
        "@",
        ":",
        "?",
        "#",
        "..",
        ".",
        "%2e",
        "%2f",
        "%5c",
      ),
      fc.constantFrom("https:", "http:", "ftp:", "file:", "javascript:", "data:", "blob:", "ws:", "HTTPS:", "x:"),
      fc.constantFrom(
        "evil.example",
        "evil.example:80",
        "user:made-up@evil.example",
        "[::2]",
        "%00",
        "％",
        "／",
        "。",
        "\ud800",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

test("any input that is not absolute stays at the base's origin when it is joined", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...BASES),
      fc.oneof(nasty, fc.string(), fc.string({ unit: "binary" })),
      (base, path) => {
        fc.pre(!isAbsolute(path));
        const url = new URL(joinBelow(base, path));
        expect(url.origin).toBe(new URL(base).origin);
        expect([url.username, url.password]).toEqual(["", ""]);
      },
    ),
    { numRuns: 20_000 },
  );
});

test("a call to any text is rejected, or goes to the session's origin", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  await fc.assert(
    fc.asyncProperty(nasty, async (path) => {
      vendor.seen.length = 0;
      // ky throws immediately for a path that it does not accept.
      const viaKy = async () => session.http.get(path, { retry: 0, throwHttpErrors: false });
      await Promise.allSettled([session.fetch(path), viaKy()]);
      for (const { url } of vendor.seen) expect(new URL(url).origin).toBe("https://vendor.example");
    }),
    { numRuns: 1000 },
  );
  expect(vendor.logins).toBe(1);
});

test("a path that a URL parser considers absolute never leaves the origin: all leading characters are tried", () => {
  for (let code = 0; code <= 0xff; code++) {
    const sign = String.fromCharCode(code);
    for (const path of [
      `${sign}//evil.example`,
      `/${sign}/evil.example`,
      `${sign}https://evil.example`,
      `https${sign}://evil.example`,
    ]) {
      if (isAbsolute(path)) continue;
      for (const base of BASES)
        expect(new URL(joinBelow(base, path)).origin, JSON.stringify(path)).toBe(new URL(base).origin);
    }
  }
});

for (const [input, is] of [
  ["https://vendor.example", true],
  ["HTTPS://vendor.example", true],
  ["javascript:1", true],
  ["x:", true],
  ["a+b.c-1:x", true],
  ["//evil.example", true],
  ["/\\evil.example", true],
  ["\\/evil.example", true],
  ["\\\\evil.example", true],
  ["zones", false],
  ["/zones", false],
  ["\\zones", false],
  ["", false],
  ["?a=https://x", false],
  ["#//x", false],
  ["1:2", false],
  ["/a:b", false],
  ["./a:b", false],
] as const) {
  test(`${JSON.stringify(input)} is ${is ? "" : "not "}absolute`, () => {
    expect(isAbsolute(input)).toBe(is);
  });
}

describe("joinBelow", () => {
  for (const [base, path, joined] of [
    ["https://vendor.example/", "zones", "https://vendor.example/zones"],
    ["https://vendor.example/", "/zones", "https://vendor.example/zones"],
    ["https://vendor.example/rest/", "/zones/1?a=/b#c", "https://vendor.example/rest/zones/1?a=/b#c"],
    ["https://vendor.example/rest/", "zones:search", "https://vendor.example/rest/zones:search"],
    ["https://vendor.example/rest/", "", "https://vendor.example/rest"],
    ["https://vendor.example/rest/", "/", "https://vendor.example/rest/"],
    ["https://vendor.example/rest/", "?a=1", "https://vendor.example/rest?a=1"],
    ["https://vendor.example/rest/", "#a", "https://vendor.example/rest#a"],
  ] as const) {
    test(`${JSON.stringify(path)} below ${base} is ${joined}`, () => {
      expect(joinBelow(base, path)).toBe(joined);
    });
  }
});

describe("originMatches", () => {
  for (const [origin, pattern, is] of [
    ["https://a.example", "https://a.example", true],
    ["https://a.example", "https://A.example", false],
    ["http://a.example", "https://a.example", false],
    ["https://a.example:1", "https://a.example", false],
    ["https://eu.a.example", "https://*.a.example", true],
    ["https://eu-1.a.example", "https://*.a.example", true],
    ["https://x.eu.a.example", "https://*.a.example", false],
    ["https://a.example", "https://*.a.example", false],
    ["https://.a.example", "https://*.a.example", false],
    ["https://evil.example#.a.example", "https://*.a.example", false],
    ["https://evil.example/.a.example", "https://*.a.example", false],
    ["https://eu.a.example.evil.example", "https://*.a.example", false],
    ["https://eu.a.example:8443", "https://*.a.example:8443", true],
    ["https://eu.a.example", "https://*.a.example:8443", false],
    ["http://eu.a.example", "https://*.a.example", false],
    ["null", "https://*.a.example", false],
  ] as const) {
    test(`${origin} is ${is ? "" : "not "}of ${pattern}`, () => {
      expect(matchesOrigin(origin, [pattern])).toBe(is);
      expect(matchesOrigin(origin, [])).toBe(false);
    });
  }
});

test("G12: a URL that only contains the session's origin, such as blob:, is not a call to it", async () => {
  for (const allowInsecureHttp of [true, false]) {
    const vendor = fakeVendor();
    const session = vendor.session({ allowInsecureHttp });
    await session.login();
    vendor.seen.length = 0;
    await expect(session.fetch("blob:https://vendor.example/1")).rejects.toMatchObject({ code: "origin_not_allowed" });
    expect(vendor.seen).toHaveLength(0);
  }
});

test("G11: a redirect to an allowed origin without encryption does not carry the credential", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ allowedOrigins: ["http://media.example"] });
  await expect(session.fetch("http://media.example/clip")).rejects.toMatchObject({ code: "insecure_transport" });
  vendor.next("/clip", () => new Response(null, { status: 302, headers: { location: "http://media.example/clip" } }));
  await session.fetch("clip").catch(() => {});
  const plain = vendor.seen.filter(({ url }) => url.startsWith("http:"));
  expect(plain.map(({ headers }) => headers.get("authorization"))).toEqual(plain.map(() => null));
});

test("G11: if a vendor moves calls to a plain HTTP URL, the credential is not sent there", async () => {
  const vendor = fakeVendor();
  const login = vendor.flow.login;
  const session = vendor.session(
    {},
    { login: async (context) => ({ ...(await login(context)), baseUrl: new URL("http://moved.example/") }) },
  );
  await session.fetch("zones").catch(() => {});
  expect(vendor.seen.filter(({ url }) => url.startsWith("http:"))).toEqual([]);
});

test("G12: paths are joined below the URL that a vendor moved calls to, with or without a trailing slash", async () => {
  const vendor = fakeVendor();
  const login = vendor.flow.login;
  const session = vendor.session(
    {},
    {
      allowedOrigins: ["https://moved.example"],
      login: async (context) => ({ ...(await login(context)), baseUrl: new URL("https://moved.example/rest") }),
    },
  );
  await session.fetch("zones");
  await session.http.get("zones");
  expect(vendor.seen.slice(1).map(({ url }) => url)).toEqual(Array(2).fill("https://moved.example/rest/zones"));
});
