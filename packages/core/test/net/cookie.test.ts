import { describe, expect, test } from "vitest";
import { PAST, read, sent } from "./cookie-lines.ts";

describe("the domain", () => {
  test.each<[string, string, string]>([
    // The URL of the response has the host eu.acme.example.
    ["", "https://eu.acme.example/", "a=1"],
    ["", "https://EU.Acme.Example/", "a=1"],
    ["", "https://eu.acme.example:8443/", "a=1"],
    ["", "https://acme.example/", ""],
    ["", "https://sub.eu.acme.example/", ""],
    ["; Domain=eu.acme.example", "https://eu.acme.example/", "a=1"],
    ["; Domain=eu.acme.example", "https://sub.eu.acme.example/", "a=1"],
    ["; Domain=eu.acme.example", "https://acme.example/", ""],
    ["; Domain=acme.example", "https://eu.acme.example/", "a=1"],
    ["; Domain=.acme.example", "https://acme.example/", "a=1"],
    ["; domain = .ACME.Example ", "https://us.acme.example/", "a=1"],
    ["; Domain=acme.example", "https://notacme.example/", ""],
    ["; Domain=us.acme.example", "https://us.acme.example/", ""],
    ["; Domain=sub.eu.acme.example", "https://sub.eu.acme.example/", ""],
    ["; Domain=evil.example", "https://eu.acme.example/", ""],
    ["; Domain=cme.example", "https://eu.acme.example/", ""],
    ["; Domain=..acme.example", "https://eu.acme.example/", ""],
    ["; Domain=acme.example.", "https://eu.acme.example/", ""],
    ["; Domain=acme.example:443", "https://eu.acme.example/", ""],
    ['; Domain="acme.example"', "https://eu.acme.example/", ""],
    ["; Domain", "https://sub.eu.acme.example/", ""],
    ["; Domain=", "https://eu.acme.example/", "a=1"],
    ["; Domain=.", "https://sub.eu.acme.example/", ""],
    ["; Domain=evil.example; Domain=acme.example", "https://us.acme.example/", "a=1"],
    ["; Domain=acme.example; Domain=evil.example", "https://eu.acme.example/", ""],
  ])("of a cookie with %j decides what %s receives", (attributes, target, expected) => {
    expect(sent([`a=1; Path=/${attributes}`], target)).toBe(expected);
  });

  test.each<[string, string, string, string]>([
    ["http://127.0.0.1/", "", "http://127.0.0.1:9999/", "a=1"],
    ["http://127.0.0.1/", "; Domain=127.0.0.1", "http://127.0.0.1/", "a=1"],
    ["http://127.0.0.1/", "; Domain=0.0.1", "http://127.0.0.1/", ""],
    ["http://127.0.0.1/", "; Domain=.1", "http://127.0.0.1/", ""],
    ["http://[::1]/", "", "http://[0:0:0:0:0:0:0:1]/", "a=1"],
    ["http://[::1]/", "; Domain=[::1]", "http://[::1]/", "a=1"],
    ["http://[::1]/", "; Domain=1]", "http://[::1]/", ""],
    ["http://[::ffff:1.2.3.4]/", "; Domain=.4]", "http://[::ffff:1.2.3.4]/", ""],
    ["http://localhost/", "", "http://localhost:1/", "a=1"],
    ["http://localhost/", "; Domain=localhost", "http://localhost/", "a=1"],
  ])("at %s, of a cookie with %j, decides what %s receives", (url, attributes, target, expected) => {
    expect(sent([`a=1${attributes}`], target, url)).toBe(expected);
  });
});

describe("the path", () => {
  test.each<[string, string, string]>([
    // The URL of the response has the path /api/v1/login, so the default is /api/v1.
    ["", "/api/v1/login", "a=1"],
    ["", "/api/v1/zones/7", "a=1"],
    ["", "/api/v1/", "a=1"],
    ["", "/api/v1", "a=1"],
    ["", "/api/v10", ""],
    ["", "/api", ""],
    ["", "/", ""],
    ["; Path=/", "/", "a=1"],
    ["; Path=/", "/other", "a=1"],
    ["; path = / ", "/", "a=1"],
    ["; Path=/api", "/api?x=/y", "a=1"],
    ["; Path=/api", "/api/", "a=1"],
    ["; Path=/api", "/apis", ""],
    ["; Path=/api/", "/api", ""],
    ["; Path=/api/", "/api/v1", "a=1"],
    ["; Path=/API", "/api", ""],
    ["; Path=/a%70i", "/api", ""],
    ["; Path=/other", "/api/v1/login", ""],
    ["; Path=/other", "/other/x", "a=1"],
    ["; Path", "/api/v1/x", "a=1"],
    ["; Path=", "/api/v1/x", "a=1"],
    ["; Path=", "/", ""],
    ["; Path=api", "/api/v1/x", "a=1"],
    ['; Path="/"', "/", ""],
    ["; Path=/other; Path=/", "/", "a=1"],
    ["; Path=/; Path=/other", "/", ""],
    ["; Path=/; Path", "/", ""],
    ["; Path=//", "/api", ""],
  ])("of a cookie with %j decides what %s receives", (attributes, target, expected) => {
    expect(sent([`a=1${attributes}`], `https://eu.acme.example${target}`)).toBe(expected);
  });

  test.each([
    ["/", "/"],
    ["/login", "/"],
    ["/api/", "/api"],
    ["/api/login", "/api"],
    ["/api/v1/?a=/b/", "/api/v1"],
    ["//", "/"],
  ])("defaults, after a response from %s, to %s", (path, expected) => {
    expect(read(["a=1"], `https://eu.acme.example${path}`, `https://eu.acme.example${path}`).cookies).toMatchObject([
      { path: expected },
    ]);
  });

  test("that is longer comes first; equal paths keep their order", () => {
    expect(sent(["a=1; Path=/", "b=2; Path=/api/v1", "c=3; Path=/api", "d=4; Path=/", "e=5"])).toBe(
      "b=2; e=5; c=3; a=1; d=4",
    );
  });
});

describe("Secure", () => {
  test.each([
    ["a=1; Secure", "https://eu.acme.example/api/v1/", "a=1"],
    ["a=1; SECURE=no", "http://eu.acme.example/api/v1/", ""],
    ["a=1; Secure", "http://eu.acme.example/api/v1/", ""],
    ["a=1", "http://eu.acme.example/api/v1/", "a=1"],
    ["a=1; Insecure", "http://eu.acme.example/api/v1/", "a=1"],
  ])("of %j decides what %s receives", (line, target, expected) => {
    expect(sent([line], target)).toBe(expected);
  });

  test("allows plain HTTP to loopback", () => {
    for (const url of ["http://localhost:1/", "http://127.0.0.1/", "http://[::1]/"]) {
      expect(sent(["a=1; Secure"], url, url)).toBe("a=1");
    }
  });
});

describe("a name with a prefix", () => {
  test.each([
    ["__Secure-a=1; Secure", true],
    ["__Secure-a=1; Secure; Domain=acme.example", true],
    ["__Secure-a=1", false],
    ["__SECURE-a=1", false],
    ["__Host-a=1; Secure; Path=/", true],
    ["__host-a=1; Path=/; Secure", true],
    ["__Host-a=1; Path=/", false],
    ["__Host-a=1; Secure", false],
    ["__Host-a=1; Secure; Path=/api", false],
    ["__Host-a=1; Secure; Path=/; Domain=eu.acme.example", false],
    ["__Hosta=1", true],
    ["x__Host-a=1", true],
  ])("requires attributes: the cookie of %j is stored: %j", (line, isStored) => {
    expect(read([line]).cookies.length === 1).toBe(isStored);
  });
});

describe("a namesake", () => {
  test("of another path is always another cookie", () => {
    for (const other of ["a=; Path=/api; Max-Age=0", "a=x; Path=/other", `a=x; Path=/api; Expires=${PAST}`]) {
      expect(sent(["a=GOOD; Path=/", other])).toBe("a=GOOD");
      expect(sent([other, "a=GOOD; Path=/"])).toBe("a=GOOD");
    }
  });

  test("of another domain is another cookie", () => {
    expect(sent(["a=1; Path=/", "a=2; Path=/; Domain=acme.example", "a=3; Path=/; Domain=evil.example"])).toBe(
      "a=1; a=2",
    );
  });

  test("with the same domain and path replaces the cookie at its position, with all its attributes", () => {
    expect(sent(["a=1; Path=/", "b=2; Path=/", "a=3; Path=/; Domain=eu.acme.example"])).toBe("a=3; b=2");
    expect(read(["a=1; Max-Age=60; Secure", "a=2"]).cookies).toEqual([
      { name: "a", value: "2", domain: "eu.acme.example", isHostOnly: true, path: "/api/v1", isSecure: false },
    ]);
  });

  test("that is deleted loses its position", () => {
    expect(sent(["a=1", "b=2", "a=; Max-Age=0", "a=3"])).toBe("b=2; a=3");
  });

  test("of another path that is deleted is reported only if it would be sent to the URL", () => {
    expect(read(["a=1; Path=/", "a=; Path=/api; Max-Age=0"]).deleted).toEqual(["a"]);
    expect(read(["a=1; Path=/", "a=; Path=/other; Max-Age=0"]).deleted).toEqual([]);
  });
});
