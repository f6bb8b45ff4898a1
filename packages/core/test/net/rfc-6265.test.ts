import fc from "fast-check";
import { expect, test } from "vitest";
import { readCookies } from "../../src/net/read-cookies.ts";
import { cookieHeader } from "./rfc-6265.ts";

const NOW = Date.UTC(2029, 0);

const space = fc.constantFrom("", "", "", " ", "\t", " \t ");
const path = fc.constantFrom("/", "/a", "/a/", "/a/b", "/ab", "/a/b/c", "//", "a", "", "/A");
const host = fc.constantFrom(
  "eu.acme.example",
  "acme.example",
  "x.eu.acme.example",
  "127.0.0.1",
  "[::1]",
  "notacme.example",
);
const date = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((seconds) => new Date(NOW + seconds * 1000).toUTCString()),
  fc.constantFrom(
    "0",
    "-1",
    "",
    "Thu, 01-Jan-1970 00:00:01 GMT",
    "Thu, 01 Jan 1970",
    "Fri Jan  1 00:00:00 2100",
    "never",
  ),
);
const age = fc.oneof(
  fc.integer({ min: -2, max: 2 }).map(String),
  fc.constantFrom("", "-", "+1", "1.5", "soon", "99999999999999999999"),
);
const domain = fc.oneof(
  host,
  host.map((one) => `.${one}`),
  fc.constantFrom("", ".", "ACME.example", "example", ".1", "0.0.1"),
);

/** An attribute with its name in any case, and with any space. */
const attribute = fc
  .tuple(
    space,
    fc.oneof(
      fc.tuple(fc.constantFrom("Path", "PATH", "path"), path),
      fc.tuple(fc.constantFrom("Domain", "domain"), domain),
      fc.tuple(fc.constantFrom("Expires", "EXPIRES"), date),
      fc.tuple(fc.constantFrom("Max-Age", "max-age"), age),
      fc.tuple(fc.constantFrom("Secure", "HttpOnly", "SameSite", "a", ""), fc.constantFrom("", "x", "Lax")),
    ),
    space,
    space,
    fc.boolean(),
  )
  .map(([before, [name, value], middle, after, isBare]) =>
    isBare && value === "" ? `${before}${name}${middle}` : `${before}${name}${middle}=${after}${value}${after}`,
  );

const pair = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom("a", "b"), fc.integer({ max: 9, min: 0 })).map(([n, v]) => `${n}=${v}`),
  },
  fc.constantFrom("a", "=1", "a=", " a = 1 ", "a==", "A=1", "", 'b="1"', "a=1,b=2"),
);

const line = fc.tuple(pair, fc.array(attribute, { maxLength: 4 })).map((parts) => parts.flat().join(";"));
const url = fc.tuple(
  fc.constantFrom("https", "http"),
  host,
  path.filter((one) => one.startsWith("/")),
);

test("a client with these cookies sends what RFC 6265's algorithms give", () => {
  let cookies = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), url, url, fc.boolean(), (lines, from, to, isSameHost) => {
      const request = new URL(`https://${from[1]}${from[2]}`);
      const target = new URL(`${to[0]}://${isSameHost ? from[1] : to[1]}${to[2]}`);
      // Loopback counts as HTTPS here. The RFC leaves that to the client.
      fc.pre(target.protocol === "https:" || !/^(127|\[)/.test(target.hostname));
      const headers = new Headers();
      for (const one of lines) headers.append("set-cookie", one);
      const found = readCookies(headers, request, { sentTo: target, now: NOW }).cookies;
      const header = found.map(({ name, value }) => `${name}=${value}`).join("; ");
      expect(header).toBe(cookieHeader(headers.getSetCookie(), request, target, NOW));
      cookies += found.length;
    }),
    { numRuns: 3000 },
  );
  // Otherwise, a reader that finds nothing would satisfy the property.
  expect(cookies).toBeGreaterThan(500);
});

test("any text is read without an error", () => {
  const text = fc.string({ unit: fc.constantFrom(...'a=;, \t"-._/%é\u0001') });
  fc.assert(
    fc.property(fc.array(text), (lines) => {
      const headers = new Headers();
      for (const one of lines) headers.append("set-cookie", one);
      const { cookies } = readCookies(headers, "https://acme.example/a", { now: NOW });
      expect(cookies.every(({ name }) => name !== "")).toBe(true);
    }),
  );
});
