import { loginError, testResend, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  host,
  newSession,
  onAuth,
  onDologin,
  onLogin,
  onZones,
  password,
  requires,
  START,
  setsVa,
  showsSecret,
  username,
  va1,
  va2,
} from "./vendor.ts";

useNock();

describe("signing in", () => {
  it("posts user name and password as JSON to api/v1/dologin, and needs no response body", async () => {
    nock(host)
      .post("/api/v1/dologin", JSON.stringify({ username, password }))
      .matchHeader("content-type", "application/json")
      .reply(200, "<html>welcome</html>", setsVa());
    onAuth().reply(200, requires());
    expect((await newSession().login()).user).toEqual({ username });
  });

  it("finds va in several Set-Cookie headers", async () => {
    onLogin(200, {}, { "set-cookie": ["deployment=acme; Path=/", `va=${va1}; Path=/; HttpOnly; Secure`, "x=1"] });
    onZones(va1).reply(200, []);
    expect((await newSession().fetch("api/v1/alarmZones")).status).toBe(200);
  });

  it.each([
    ["deletes a namesake of another path", `va=; Path=/api; Max-Age=0`],
    ["sets a namesake of a foreign path", "va=foreign; Path=/player"],
  ])("uses va even if the response also %s", async (_, namesake) => {
    onLogin(200, {}, { "set-cookie": [`va=${va1}; Path=/`, namesake] });
    onZones(va1).reply(200, []);
    expect((await newSession().fetch("api/v1/alarmZones")).status).toBe(200);
  });

  it("works on a deployment at the older host", async () => {
    const baseUrl = "https://acme.eu.aware.avasecurity.com";
    nock(baseUrl).post("/api/v1/dologin").reply(200, undefined, setsVa());
    nock(baseUrl).get("/api/v1/auth").matchHeader("cookie", `va=${va1}`).reply(200, requires());
    nock(baseUrl).get("/api/v1/alarmZones").matchHeader("cookie", `va=${va1}`).reply(200, []);
    expect((await newSession({ baseUrl }).fetch("api/v1/alarmZones")).status).toBe(200);
  });

  it("accepts a redirect that sets va, and does not follow it", async () => {
    onLogin(302, undefined, { location: "/home", ...setsVa() });
    onZones(va1).reply(200, []);
    expect((await newSession().fetch("api/v1/alarmZones")).status).toBe(200);
  });

  it.each([
    ["no cookie", { location: "https://elsewhere.example/api/v1/dologin" }],
    ["another cookie", { location: "/login", "set-cookie": "other=1" }],
    ["a deleted va", { location: "/login", "set-cookie": "va=; Max-Age=0" }],
  ])(
    "fails with unexpected_response after a redirect with %s, and sends the credentials nowhere else",
    async (_, headers) => {
      onDologin(307, undefined, headers);
      const error = await loginError(newSession());
      expect(error).toMatchObject({ code: "unexpected_response", status: 307, retryable: false });
      expect((error as Error).message).toContain("redirect");
    },
  );

  it.each([
    ["no cookie", {}],
    ["another cookie", { "set-cookie": "vaults=1" }],
    ["a deleted va", { "set-cookie": `va=${va1}; Max-Age=0` }],
    ["an empty va", { "set-cookie": "va=" }],
  ])("fails with unexpected_response after a 200 with %s", async (_, headers) => {
    onDologin(200, { va: va1 }, headers);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status: 200, paths: ["Set-Cookie: va"] });
    expect(showsSecret(error)).toBe(false);
  });

  it("fails with unexpected_response if the cookie cannot be sent in a header, and does not show it", async () => {
    onDologin(200, {}, setsVa(`"${va1} with spaces"`));
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response" });
    expect(showsSecret(error)).toBe(false);
  });

  it("retries after a 503, and reports a Retry-After that is longer than allowed", async () => {
    onLogin(503, "down");
    onLogin(200, {}, setsVa());
    expect((await newSession().login()).account).toBe(username);

    onLogin(429, {}, { "retry-after": "120" });
    expect(await loginError(newSession())).toMatchObject({ code: "rate_limited", status: 429, retryAfter: 120_000 });
  });
});

describe("the expiry of a session", () => {
  it("is Max-Age after the login was sent", async () => {
    onLogin(200, {}, setsVa(va1, "; Max-Age=3600; Expires=Fri, 01 Feb 2030 00:00:00 GMT"));
    expect((await newSession().login()).expiresAt).toBe(START + 3_600_000);
  });

  it("is Expires, corrected by the vendor's Date", async () => {
    const headers = {
      ...setsVa(va1, "; Expires=Tue, 01 Jan 2030 03:00:00 GMT"),
      date: "Tue, 01 Jan 2030 01:00:00 GMT",
    };
    onLogin(200, {}, headers);
    expect((await newSession().login()).expiresAt).toBe(START + 2 * 3_600_000);
  });

  it("is not known from an opaque cookie or a claim in it; the option `lifetime` sets it", async () => {
    const claims = Buffer.from(JSON.stringify({ exp: START / 1000 + 60 })).toString("base64url");
    for (const value of [va1, claims, `e30.${claims}.c2ln`]) {
      onLogin(200, {}, setsVa(value));
      expect(await newSession().login()).not.toHaveProperty("expiresAt");
    }
    onLogin(200, {}, setsVa());
    expect((await newSession({ lifetime: 60_000 }).login()).expiresAt).toBe(START + 60_000);
  });

  it.each([
    ["one segment", (claims: string) => claims],
    ["a JWT", (claims: string) => `e30.${claims}.c2ln`],
  ])(
    "is only a hint if it comes from an exp in %s: calls continue while the session is renewed",
    async (_, cookieOf) => {
      let now = START;
      const claims = Buffer.from(JSON.stringify({ exp: START / 1000 + 1000 })).toString("base64url");
      onLogin(200, {}, setsVa(cookieOf(claims)));
      const session = newSession({ now: () => now });
      await session.login();

      now = START + 2_000_000;
      onZones(cookieOf(claims)).reply(200, []);
      onLogin(200, {}, setsVa(va2));
      const renewed = new Promise((resolve) => session.on("renewed", resolve));
      expect((await session.fetch("api/v1/alarmZones")).status).toBe(200);
      await renewed;
      onZones(va2).reply(200, []);
      expect((await session.fetch("api/v1/alarmZones")).status).toBe(200);
    },
  );
});

describe("a call", () => {
  it("provides the cookie for other tools, and keeps the caller's other cookies", async () => {
    onLogin(200, {}, setsVa());
    const session = newSession();
    expect(await session.authorization()).toEqual({
      headers: { cookie: `va=${va1}` },
      searchParams: {},
      cookies: { va: va1 },
    });
    nock(host).get("/api/v1/devices").matchHeader("cookie", `theme=dark; va=${va1}`).reply(200, []);
    expect((await session.fetch("api/v1/devices", { headers: { cookie: "theme=dark; va=old" } })).status).toBe(200);
  });

  it.each([
    [undefined, "vms-alta"],
    ["acme-bridge/1.2", "acme-bridge/1.2"],
  ])("has an explicit User-Agent, and so has the login: option %s", async (userAgent, expected) => {
    nock(host).post("/api/v1/dologin").matchHeader("user-agent", expected).reply(200, {}, setsVa());
    onAuth().matchHeader("user-agent", expected).reply(200, requires());
    nock(host).get("/api/v1/alarmZones").twice().matchHeader("user-agent", expected).reply(200, []);
    const session = newSession(userAgent === undefined ? {} : { userAgent });
    await session.fetch("api/v1/alarmZones");
    expect((await session.http.get("api/v1/alarmZones")).status).toBe(200);
  });

  it("uses the cookie that a response set for the next call", async () => {
    onLogin(200, {}, setsVa(va1, "; Max-Age=60"));
    onZones(va1).reply(200, [], setsVa(va2, "; Max-Age=600"));
    onZones(va2).reply(200, []);
    const session = newSession();
    let rotated = 0;
    session.on("rotated", () => rotated++);
    await session.fetch("api/v1/alarmZones");
    await session.fetch("api/v1/alarmZones");
    expect(rotated).toBe(1);
    expect(session.info?.expiresAt).toBe(START + 600_000);
  });

  it("uses the cookie that a response sets, even if the response deletes one of the same name for another path", async () => {
    onLogin(200, {}, setsVa());
    onZones(va1).reply(200, [], { "set-cookie": [`va=${va2}; Path=/`, "va=; Path=/api; Max-Age=0"] });
    onZones(va2).reply(200, []);
    const session = newSession();
    await session.fetch("api/v1/alarmZones");
    expect((await session.fetch("api/v1/alarmZones")).status).toBe(200);
  });

  it("keeps its cookie if a response deletes or repeats it, or sets another cookie or one for another path", async () => {
    onLogin(200, {}, setsVa());
    const session = newSession();
    for (const line of ["va=; Max-Age=0", "va=; Path=/; Max-Age=0", `va=${va1}`, "theme=dark", "va=x; Path=/player"]) {
      onZones(va1).reply(200, [], { "set-cookie": line });
      expect((await session.fetch("api/v1/alarmZones")).status).toBe(200);
    }
  });
});

describe("an expired session", () => {
  testResend({
    onLogin: (credential) => onLogin(200, {}, setsVa(credential === 1 ? va1 : va2)),
    newSession,
    host,
    path: "/api/v1/alarmZones/1/arm",
    header: (credential) => ["cookie", `va=${credential === 1 ? va1 : va2}`],
    rejection: { error: "no session" },
  });

  it("returns the second rejection of a call to the caller", async () => {
    onLogin(200, {}, setsVa(va1));
    onZones(va1).reply(401);
    onLogin(200, {}, setsVa(va2));
    onZones(va2).reply(401, "still not");
    const response = await newSession().fetch("api/v1/alarmZones");
    expect([response.status, await response.text()]).toEqual([401, "still not"]);
  });
});

describe("signing out", () => {
  it.each([200, 204, 401])("posts the cookie to api/v1/logout, and accepts a %i", async (status) => {
    onLogin(200, {}, setsVa());
    const session = newSession();
    await session.login();
    nock(host).post("/api/v1/logout").matchHeader("cookie", `va=${va1}`).reply(status);
    await session.logout();
    expect(session.info).toBeUndefined();
    await expect(session.fetch("api/v1/alarmZones")).rejects.toMatchObject({ code: "session_closed" });
  });

  it("removes the session and fails if the vendor returns an error", async () => {
    onLogin(200, {}, setsVa());
    const session = newSession();
    await session.login();
    nock(host).post("/api/v1/logout").reply(404, va1);
    const error = await session.logout().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unexpected_response", status: 404 });
    expect(showsSecret(error)).toBe(false);
    expect(session.info).toBeUndefined();
  });

  it("sends nothing without a session", async () => {
    await newSession().logout();
  });
});
