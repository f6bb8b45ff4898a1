import { describe, expect, it, vi } from "vitest";
import { lifetimeOf, parseData, vaCookie as vaOf } from "../src/wire.ts";

const BASE = "https://acme.eu.alta.avigilon.com/";
const vaCookie = (headers: Headers, from?: string) => vaOf(headers, BASE, from);

function setCookies(...lines: string[]): Headers {
  const headers = new Headers();
  for (const line of lines) headers.append("set-cookie", line);
  return headers;
}

function lifetime(line: string) {
  const cookie = vaCookie(setCookies(line));
  return cookie === undefined ? undefined : lifetimeOf(cookie);
}

const claims = (text: string) => Buffer.from(text).toString("base64url");

describe("the cookie va", () => {
  it("is read from the documented response", () => {
    const value = "eyJzdWIiOiTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoIxMjM0NxNTE2MjM5MDIyLCJleHAiOjE2NDU3NjY0MDB9";
    expect(vaCookie(setCookies(`va=${value}`))?.value).toBe(value);
  });

  it("is found among several Set-Cookie headers, even if others have an Expires with a comma", () => {
    const headers = setCookies(
      "deployment=acme; Expires=Tue, 01 Jan 2030 00:00:00 GMT",
      "va=one; Path=/; HttpOnly; Secure",
      "vault=not-it",
    );
    expect(vaCookie(headers)?.value).toBe("one");
  });

  it("is the last one if it is set twice, and its name is case-sensitive", () => {
    expect(vaCookie(setCookies("va=one", "va=two", "VA=three"))?.value).toBe("two");
  });

  it("keeps its value without decoding it", () => {
    expect(vaCookie(setCookies("va=a%20b=c=="))?.value).toBe("a%20b=c==");
  });

  it.each([
    "va=",
    "va=; Path=/",
    "va=gone; Max-Age=0",
    "va=gone; Max-Age=-1",
    "va=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "va=gone; Expires=Thu, 01 Jan 1970 00:00:10 GMT",
    "va=gone; Expires=Thu, 01-Jan-70 00:00:10 GMT",
    "va=gone; Max-Age=soon; Expires=Thu Jan  1 00:00:10 1970",
    "va=gone; Expires=Tue, 01 Jan 2030 00:00:00 GMT; expires=Thu, 01 Jan 1970 00:00:10 GMT",
  ])("is undefined if the response deletes it: %s", (line) => {
    expect(vaCookie(setCookies(line))).toBeUndefined();
  });

  it("is undefined if its Expires is in the past by the vendor's clock, unless it has a Max-Age", () => {
    const past = "Expires=Tue, 01 Jan 2030 00:00:00 GMT";
    const headers = setCookies(`va=x; ${past}`);
    headers.set("date", "Tue, 01 Jan 2030 00:00:01 GMT");
    expect(vaCookie(headers)).toBeUndefined();
    headers.set("date", "Mon, 31 Dec 2029 23:59:59 GMT");
    expect(vaCookie(headers)?.value).toBe("x");
    expect(vaCookie(setCookies(`va=x; Max-Age=60; ${past}`))?.value).toBe("x");
  });

  it.each(["0", "-1", "Thu, 01 Jan 1970", "yesterday", ""])("is kept if its Expires is not a date: %j", (date) => {
    const cookie = vaCookie(setCookies(`va=x; Expires=${date}`));
    expect(cookie?.value).toBe("x");
    expect(cookie).not.toHaveProperty("expiresAt");
  });

  it.each([
    ["is deleted for another path", "va=; Path=/api; Max-Age=0"],
    ["is deleted for a narrower path", "va=; Path=/api/v1/alarmZones; Expires=Thu, 01 Jan 1970 00:00:10 GMT"],
    ["is set for a foreign path", "va=foreign; Path=/player"],
    ["is set for another host", "va=foreign; Path=/; Domain=us.alta.avigilon.com"],
  ])("is not affected by a cookie of the same name that %s", (_, namesake) => {
    for (const good of ["va=good; Path=/", "va=good; Path=/api/v1", "va=good"]) {
      expect(vaCookie(setCookies(good, namesake))?.value).toBe("good");
      expect(vaCookie(setCookies(namesake, good))?.value).toBe("good");
    }
  });

  it("is the one with the longest matching path", () => {
    expect(vaCookie(setCookies("va=near; Path=/api", "va=far; Path=/"))?.value).toBe("near");
  });

  it("is undefined if it is for another path only", () => {
    expect(vaCookie(setCookies("va=foreign; Path=/player"))).toBeUndefined();
  });

  it("is undefined in a response from another host, unless it is for the whole domain", () => {
    const from = "https://acme.us.alta.avigilon.com/api/v1/x";
    expect(vaCookie(setCookies("va=x; Path=/"), from)).toBeUndefined();
    expect(vaCookie(setCookies("va=x; Path=/; Domain=alta.avigilon.com"), from)?.value).toBe("x");
    expect(vaCookie(setCookies("va=x"), `${BASE}api/v1/deep/below`)?.value).toBe("x");
  });

  it("is read below the path of a proxy", () => {
    for (const line of ["va=x; Path=/", "va=x; Path=/vms/", "va=x"]) {
      expect(vaOf(setCookies(line), "https://proxy.example/vms/")?.value).toBe("x");
    }
  });

  it("does not print attributes that cannot be read", () => {
    const prints = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
    expect(vaCookie(setCookies("constructor=1", "va=x; Max-Age=soon; Expires=never; toString=2"))?.value).toBe("x");
    for (const print of prints) {
      expect(print).not.toHaveBeenCalled();
      print.mockRestore();
    }
  });
});

describe("the cookie's lifetime", () => {
  it("is unknown without an attribute or a claim", () => {
    expect(lifetime("va=opaque")).toEqual({ expiresHint: undefined });
  });

  it("is Max-Age in seconds, which takes precedence over Expires", () => {
    const end = "Expires=Tue, 01 Jan 2030 00:00:00 GMT";
    expect(lifetime(`va=opaque; ${end}; Max-Age=3600`)).toMatchObject({ expiresIn: 3_600_000 });
    expect(lifetime(`va=opaque; ${end}; Max-Age=3600`)).not.toHaveProperty("expiresAt");
  });

  it.each(["UTC", "Asia/Tokyo", "America/New_York"])("ends at Expires, in UTC on a machine in %s", (zone) => {
    vi.stubEnv("TZ", zone);
    const expiresAt = Date.UTC(2030, 0, 1);
    for (const date of ["Tue, 01 Jan 2030 00:00:00 GMT", "Tue Jan  1 00:00:00 2030", "Tue, 01-Jan-30 00:00:00 GMT"]) {
      expect(lifetime(`va=opaque; Expires=${date}`)).toMatchObject({ expiresAt });
    }
    vi.unstubAllEnvs();
  });

  it.each([
    ["one base64 segment", claims('{"name":"Zoë","exp":1645766400}')],
    ["one segment of standard base64", btoa('{"name":">>>???","exp":1645766400}')],
    ["the middle segment of a JWT", `${claims('{"alg":"HS256"}')}.${claims('{"exp":1645766400}')}.c2ln`],
  ])("has a hint from an exp in %s", (_, value) => {
    expect(lifetime(`va=${value}`)).toEqual({ expiresHint: 1_645_766_400_000 });
  });

  it.each([
    ["two segments", `${claims('{"exp":1645766400}')}.${claims('{"exp":1645766400}')}`],
    ["an exp that is a text", claims('{"exp":"1645766400"}')],
    ["an exp beyond all time", claims('{"exp":1e306}')],
    ["no exp", claims('{"sub":"1"}')],
    ["a JSON null", claims("null")],
  ])("has no hint in %s", (_, value) => {
    expect(lifetime(`va=${value}`)).toEqual({ expiresHint: undefined });
  });
});

describe("the data of a stored session", () => {
  it("is accepted if it has the cookie, with any other keys", () => {
    expect(parseData({ va: "x", more: 1 })).toEqual({ va: "x", more: 1 });
  });

  it.each([undefined, null, "x", {}, { va: "" }, { va: 1 }])("is rejected if it does not: %o", (data) => {
    expect(() => parseData(data)).toThrow(expect.objectContaining({ code: "unexpected_response" }));
  });
});
