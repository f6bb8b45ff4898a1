import { describe, expect, test } from "vitest";
import { type AltaOptions, type AltaServer, createAltaServer, createClock } from "../src/index.ts";
import { call, cookiesOf, cookieValue, form, json, multipart } from "./requests.ts";

const login = (alta: AltaServer, body: object = alta.account) => call(alta, "api/v1/dologin", json(body));
const get = (alta: AltaServer, path: string, headers: HeadersInit = {}) => call(alta, `api/v1/${path}`, { headers });
const vaLine = async (options: AltaOptions) =>
  (await login(createAltaServer(options))).headers.getSetCookie().find((line) => line.startsWith("va="))!;

describe("Alta's login", () => {
  test("returns 200 and sets the cookie va", async () => {
    const response = await login(createAltaServer());
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^va=[\w-]+; Path=\/; HttpOnly; Secure$/)]);
  });

  test("can set a second cookie after va", async () => {
    const lines = (await login(createAltaServer({ secondCookie: true }))).headers.getSetCookie();
    expect(lines.map((line) => line.split("=")[0])).toEqual(["va", "deployment"]);
  });

  test("returns 401 for a wrong password and to an unknown user", async () => {
    const alta = createAltaServer();
    expect((await login(alta, { ...alta.account, password: "wrong" })).status).toBe(401);
    expect((await login(alta, { username: "nobody", password: "wrong" })).status).toBe(401);
    expect([alta.logins, alta.loginAttempts]).toEqual([0, 2]);
  });

  test.for([undefined, "text/plain", "application/x-www-form-urlencoded"])(
    "accepts JSON with the content type %s, or answers 415 if configured",
    async (type) => {
      const { account } = createAltaServer();
      const body = new Blob([JSON.stringify(account)], type === undefined ? {} : { type });
      const init = { method: "POST", body };
      expect((await call(createAltaServer(), "api/v1/dologin", init)).status).toBe(200);
      expect((await call(createAltaServer({ requireJson: true }), "api/v1/dologin", init)).status).toBe(415);
    },
  );

  test("returns 400 for a form", async () => {
    const { account } = createAltaServer();
    for (const init of [form(account), multipart(account)]) {
      expect((await call(createAltaServer(), "api/v1/dologin", init)).status).toBe(400);
    }
  });

  test("returns 400 for broken JSON", async () => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };
    expect((await call(createAltaServer(), "api/v1/dologin", init)).status).toBe(400);
  });

  test("can redirect with a 302 that sets va", async () => {
    const alta = createAltaServer({ loginStatus: 302 });
    const response = await call(alta, "api/v1/dologin", { ...json(alta.account), redirect: "manual" });
    expect(response.status).toBe(302);
    expect((await get(alta, "me", cookiesOf(response))).status).toBe(200);
  });

  test("sets a new cookie each time, and both are valid", async () => {
    const alta = createAltaServer();
    const [one, two] = [cookiesOf(await login(alta)), cookiesOf(await login(alta))];
    expect(one).not.toEqual(two);
    expect((await get(alta, "me", one)).status).toBe(200);
    expect((await get(alta, "me", two)).status).toBe(200);
    expect([alta.logins, alta.sessions]).toEqual([2, 2]);
  });

  test.for(["json", "text", "empty"] as const)("refuses with a body of %s", async (errorBodies) => {
    const body = await (await login(createAltaServer({ errorBodies }), {})).text();
    expect(body).toBe({ json: '{"error":"bad login"}', text: "bad login", empty: "" }[errorBodies]);
  });
});

describe("the cookie va", () => {
  const clock = createClock(Date.UTC(2030, 0, 1));
  const iat = Date.UTC(2030, 0, 1) / 1000;
  const read = (segment: string): unknown => JSON.parse(Buffer.from(segment, "base64url").toString());

  test("contains claims in one base64 segment", async () => {
    const value = cookieValue(await login(createAltaServer({ clock, claimedLifetime: 60_000 })), "va")!;
    expect(read(value)).toEqual({
      sub: expect.stringMatching(/^\w+$/),
      name: "integration@acme.example",
      iat,
      exp: iat + 60,
    });
  });

  test("can be a JWT", async () => {
    const value = cookieValue(await login(createAltaServer({ clock, cookieValue: "jwt" })), "va")!;
    const segments = value.split(".");
    expect(segments).toHaveLength(3);
    expect(read(segments[1]!)).toMatchObject({ iat });
  });

  test("can be opaque", async () => {
    const value = cookieValue(await login(createAltaServer({ clock, cookieValue: "opaque" })), "va")!;
    expect(value).toMatch(/^[0-9a-f]{64}$/);
  });

  test("can have Max-Age and Expires", async () => {
    expect(await vaLine({ maxAge: 90 })).toContain("; Max-Age=90;");
    expect(await vaLine({ expires: new Date(0) })).toContain("; Expires=Thu, 01 Jan 1970 00:00:00 GMT;");
    expect(await vaLine({ clock, expires: 1000 })).toContain("; Expires=Tue, 01 Jan 2030 00:00:01 GMT;");
  });

  test("is not Secure over http", async () => {
    const alta = createAltaServer({ origin: "http://alta.localhost" });
    expect((await login(alta)).headers.getSetCookie().join()).not.toContain("Secure");
  });

  test("stays valid after the expiry in its claims", async () => {
    const alta = createAltaServer({ clock: createClock(0), claimedLifetime: 1000 });
    const session = cookiesOf(await login(alta));
    alta.clock.advance(1_000_000);
    expect((await get(alta, "me", session)).status).toBe(200);
  });

  test("expires after the configured lifetime", async () => {
    const alta = createAltaServer({ clock: createClock(0), lifetime: 1000 });
    const session = cookiesOf(await login(alta));
    alta.clock.advance(999);
    expect((await get(alta, "me", session)).status).toBe(200);
    alta.clock.advance(1);
    expect((await get(alta, "me", session)).status).toBe(401);
    expect(alta.sessions).toBe(0);
  });

  test("expires after the configured idle time, counted from the last use", async () => {
    const alta = createAltaServer({ clock: createClock(0), idleTimeout: 1000 });
    const session = cookiesOf(await login(alta));
    for (let n = 0; n < 3; n += 1) {
      alta.clock.advance(999);
      expect((await get(alta, "me", session)).status).toBe(200);
    }
    alta.clock.advance(1000);
    expect((await get(alta, "me", session)).status).toBe(401);
  });

  test("is replaced by every data response if it rotates", async () => {
    const alta = createAltaServer({ rotate: "end-old" });
    const first = cookiesOf(await login(alta));
    const answer = await get(alta, "devices", first);
    const second = cookiesOf(answer);
    expect(cookieValue(answer, "va")).toBeDefined();
    expect((await get(alta, "devices", first)).status).toBe(401);
    expect((await get(alta, "devices", second)).status).toBe(200);
    expect(alta.sessions).toBe(1);
  });

  test("is replaced once, and the old one stays valid", async () => {
    const alta = createAltaServer();
    const first = cookiesOf(await login(alta));
    alta.rotateNext();
    const second = cookiesOf(await get(alta, "devices", first));
    expect(second.cookie).not.toBe(first.cookie);
    const again = await get(alta, "devices", first);
    expect([again.status, again.headers.getSetCookie()]).toEqual([200, []]);
    expect((await get(alta, "devices", second)).status).toBe(200);
    expect(alta.sessions).toBe(1);
  });
});

describe("Alta's data", () => {
  test.for(["me", "auth", "alarmZones", "devices", "ongoingAlerts"])("%s requires a valid cookie", async (path) => {
    const alta = createAltaServer();
    expect((await get(alta, path)).status).toBe(401);
    expect((await get(alta, path, { cookie: "va=made-up" })).status).toBe(401);
    const session = cookiesOf(await login(alta));
    expect((await get(alta, path, session)).status).toBe(200);
    alta.revokeAll();
    expect((await get(alta, path, session)).status).toBe(401);
  });

  test("has the documented keys of an alert", async () => {
    const alta = createAltaServer();
    const alerts: unknown = await (await get(alta, "ongoingAlerts", cookiesOf(await login(alta)))).json();
    expect(alerts).toContainEqual({
      guid: expect.any(String),
      alarm_zone_id: expect.any(Number),
      merged: expect.any(Boolean),
      origin_name: expect.any(String),
    });
  });

  test("returns 404 for unknown paths, and 401 without a session", async () => {
    const alta = createAltaServer();
    expect((await get(alta, "nothing")).status).toBe(401);
    expect((await get(alta, "nothing", cookiesOf(await login(alta)))).status).toBe(404);
  });

  test("returns 401 for default user agents if configured", async () => {
    const alta = createAltaServer({ rejectDefaultUserAgents: true });
    const as = (userAgent: string) =>
      call(alta, "api/v1/dologin", json(alta.account, userAgent === "" ? {} : { "user-agent": userAgent }));
    for (const userAgent of ["", "node", "undici", "curl/8.0", "python-requests/2"]) {
      expect((await as(userAgent)).status).toBe(401);
    }
    expect((await as("acme-integration/1.0")).status).toBe(200);
  });
});

test("Alta's logout returns 200 and invalidates the cookie", async () => {
  const alta = createAltaServer();
  const session = cookiesOf(await login(alta));
  const logout = () => call(alta, "api/v1/logout", { method: "POST", headers: session });
  expect((await logout()).status).toBe(200);
  expect((await get(alta, "me", session)).status).toBe(401);
  expect((await logout()).status).toBe(401);
});

describe("Alta's second factor", () => {
  const account = { username: "two@acme.example", password: "x", totpSecret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" };
  const totp = (alta: AltaServer, code: string, headers: Record<string, string>) =>
    call(alta, "api/v1/totp", json({ code, name: "" }, headers));

  test("returns the codes of the standard's test vectors", async () => {
    for (const [seconds, code] of [
      [59, "287082"],
      [1_111_111_109, "081804"],
      [20_000_000_000, "353130"],
    ] as const) {
      const alta = createAltaServer({ account, clock: createClock(seconds * 1000) });
      expect(await alta.totpCode(account.username)).toBe(code);
    }
  });

  test("is required after the password, and satisfied by the code", async () => {
    const alta = createAltaServer({ account, clock: createClock(1e12) });
    const session = cookiesOf(await login(alta));
    expect((await get(alta, "devices", session)).status).toBe(401);
    expect(await (await get(alta, "auth", session)).json()).toEqual({
      mfaResetRequired: false,
      mfaChallengeRequired: true,
    });
    expect((await totp(alta, "000000", session)).status).toBe(401);
    expect(alta.logins).toBe(0);
    const paid = await totp(alta, await alta.totpCode(account.username), session);
    expect([paid.status, await paid.text()]).toEqual([200, ""]);
    expect((await get(alta, "devices", session)).status).toBe(200);
    expect(alta.logins).toBe(1);
  });

  test("can be in the login's body", async () => {
    const alta = createAltaServer({ account });
    const response = await login(alta, { ...account, code: await alta.totpCode(account.username) });
    expect((await get(alta, "devices", cookiesOf(response))).status).toBe(200);
    expect((await login(alta, { ...account, code: "1" })).status).toBe(401);
  });

  test.for(["", null, undefined])("is not passed and not counted with the code %j", async (code) => {
    const alta = createAltaServer({ account, wrongCodesToLock: 1 });
    const response = await login(alta, { ...account, code });
    expect(response.status).toBe(200);
    const session = cookiesOf(response);
    expect((await get(alta, "devices", session)).status).toBe(401);
    expect((await call(alta, "api/v1/totp", json({ code, name: "" }, session))).status).toBe(400);
    expect((await totp(alta, await alta.totpCode(account.username), session)).status).toBe(200);
    const simple = createAltaServer();
    expect((await login(simple, { ...simple.account, code })).status).toBe(200);
  });

  test.for([401, 400, 403] as const)("that is wrong is answered %i if configured", async (wrongCodeStatus) => {
    const alta = createAltaServer({ account, wrongCodeStatus });
    const session = cookiesOf(await login(alta));
    expect((await totp(alta, "000000", session)).status).toBe(wrongCodeStatus);
    expect((await totp(alta, await alta.totpCode(account.username), session)).status).toBe(200);
  });

  test("locks the account after the configured number of consecutive wrong codes, wherever they are sent", async () => {
    const alta = createAltaServer({ account, clock: createClock(1e12), wrongCodesToLock: 3 });
    const right = await alta.totpCode(account.username);
    const session = cookiesOf(await login(alta));
    await totp(alta, "000000", session);
    await totp(alta, "000000", session);
    expect((await totp(alta, right, session)).status).toBe(200);
    const next = cookiesOf(await login(alta));
    await totp(alta, "000000", next);
    await totp(alta, "000000", next);
    expect((await login(alta, { ...account, code: "000000" })).status).toBe(401);
    expect((await totp(alta, right, next)).status).toBe(401);
    expect((await login(alta)).status).toBe(401);
    alta.reset();
    expect((await login(alta)).status).toBe(200);
  });

  test.for(["keep-old", "end-old"] as const)("can replace va with a correct code: %s", async (rotateAtCode) => {
    const alta = createAltaServer({ account, rotateAtCode });
    const first = cookiesOf(await login(alta));
    expect((await totp(alta, "000000", first)).headers.getSetCookie()).toEqual([]);
    const second = cookiesOf(await totp(alta, await alta.totpCode(account.username), first));
    expect(second.cookie).not.toBe(first.cookie);
    expect((await get(alta, "devices", second)).status).toBe(200);
    expect((await get(alta, "devices", first)).status).toBe(rotateAtCode === "end-old" ? 401 : 200);
    expect(alta.sessions).toBe(1);
  });

  test("is not reported without the route", async () => {
    const alta = createAltaServer({ account, authRoute: false });
    expect((await get(alta, "auth")).status).toBe(401);
    expect((await get(alta, "auth", cookiesOf(await login(alta)))).status).toBe(404);
  });

  test("that must be enrolled first is reported", async () => {
    const alta = createAltaServer({ account: { username: "u", password: "p", mustEnrol: true } });
    const session = cookiesOf(await login(alta));
    expect(await (await get(alta, "auth", session)).json()).toMatchObject({ mfaResetRequired: true });
    expect((await get(alta, "devices", session)).status).toBe(401);
  });

  test("is not required for an account without one", async () => {
    const alta = createAltaServer();
    expect((await totp(alta, "1", cookiesOf(await login(alta)))).status).toBe(400);
    expect(() => alta.totpCode(alta.account.username)).toThrow("no second factor");
  });
});
