import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  brandHost,
  host,
  newSession,
  onAuthenticate,
  onAuthorize,
  onLogin,
  password,
  session1,
  session2,
  setCookie,
  showsSecret,
  token1,
  token2,
  user,
  username,
  withCookie,
} from "./vendor.ts";

useNock();

const form = { reqheaders: { "content-type": /^application\/x-www-form-urlencoded/ } };
const cookieHeaders = { "set-cookie": setCookie(session1) };

describe("signing in", () => {
  it("sends a form to authenticate, then its token, URL-encoded, to authorize", async () => {
    let authorize = "";
    nock(host, form).post("/g/aaa/authenticate", { username, password }).reply(200, { token: token1 });
    nock(host, { ...form, badheaders: ["cookie", "authentication", "authorization"] })
      .post("/g/aaa/authorize", { token: token1 })
      .reply(200, user, cookieHeaders);
    const session = newSession({
      fetch: (input, init) => {
        authorize = String(init?.body);
        return globalThis.fetch(input, init);
      },
    });
    expect(await session.login()).toMatchObject({ account: username, user });
    expect(authorize).toBe(`token=${encodeURIComponent(token1)}`);
  });

  it("sends JSON with body: json", async () => {
    const json = { reqheaders: { "content-type": /^application\/json/ } };
    nock(host, json).post("/g/aaa/authenticate", { username, password }).reply(200, { token: token1 });
    nock(host, json).post("/g/aaa/authorize", { token: token1 }).reply(200, user, cookieHeaders);
    expect(await newSession({ body: "json" }).login()).toMatchObject({ account: username });
  });

  it("sends a realm to authenticate", async () => {
    const fields = { username, password, realm: "eagleeyenetworks" };
    nock(host).post("/g/aaa/authenticate", fields).reply(200, { token: token1 });
    onAuthorize();
    await newSession({ realm: "eagleeyenetworks" }).login();
  });

  it("knows no lifetime of a session", async () => {
    onLogin();
    const info = await newSession().login();
    expect(info).not.toHaveProperty("expiresAt");
    expect(info).not.toHaveProperty("idleTimeout");
  });

  it("uses the lifetimes in the options", async () => {
    onLogin();
    const info = await newSession({ lifetime: 3_600_000, idleTimeout: 900_000, now: () => 5_000 }).login();
    expect(info).toMatchObject({ expiresAt: 3_605_000, idleTimeout: 900_000 });
  });
});

describe("the session's cookie", () => {
  it.each(["videobank_sessionid", "auth_key"])("is accepted as %s, and sent back with that name", async (name) => {
    onAuthenticate();
    onAuthorize(token1, 200, user, { "set-cookie": setCookie(session1, name) });
    withCookie(session1, name).get("/g/device/list").reply(200, []);
    expect((await newSession().fetch("g/device/list")).status).toBe(200);
  });

  it("is auth_key if a response sets both, in any order", async () => {
    onAuthenticate();
    const both = [setCookie(session2, "auth_key"), setCookie(session1)];
    onAuthorize(token1, 200, user, { "set-cookie": [...both, "other=1"] });
    withCookie(session2, "auth_key").get("/g/device/list").reply(200, []);
    expect((await newSession().fetch("g/device/list")).status).toBe(200);
  });

  it.each([
    "auth_key=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Path=/; Domain=.eagleeyenetworks.com",
    "auth_key=deleted; Max-Age=0",
    "auth_key=foreign; Path=/player",
  ])("is videobank_sessionid beside %s", async (line) => {
    onAuthenticate();
    onAuthorize(token1, 200, user, { "set-cookie": [setCookie(session1), line] });
    withCookie(session1).get("/g/device/list").reply(200, []);
    expect((await newSession().fetch("g/device/list")).status).toBe(200);
  });

  it("is not in the responses for the caller", async () => {
    onLogin();
    withCookie()
      .get("/g/user")
      .reply(200, user, { "set-cookie": setCookie(session2) });
    expect((await newSession().fetch("g/user")).headers.getSetCookie()).toEqual([]);
  });
});

describe("an expired session", () => {
  it("is replaced by one login, and the call is sent again with its body and the new credential", async () => {
    onLogin(session1, token1);
    onLogin(session2, token2);
    const call = { id: "1005f2ed", name: "Gate" };
    withCookie(session1).post("/g/device", call).reply(401);
    withCookie(session2).post("/g/device", call).reply(200, { id: "1005f2ed" });
    const response = await newSession().http.post("g/device", { json: call });
    expect(await response.json()).toEqual({ id: "1005f2ed" });
  });

  it("is also replaced with the parameter A", async () => {
    onLogin(session1, token1);
    onLogin(session2, token2);
    nock(brandHost).get("/g/user").query({ A: session1 }).reply(401);
    nock(brandHost).get("/g/user").query({ A: session2 }).reply(200, user);
    expect((await newSession({ transport: "query" }).fetch("g/user")).status).toBe(200);
  });

  it("is not reported by 403: that response is returned", async () => {
    onLogin();
    withCookie().get("/g/user").reply(403);
    expect((await newSession().fetch("g/user")).status).toBe(403);
  });
});

describe("signing out", () => {
  it("is POST logout with the session's cookie, at the brand's host", async () => {
    onLogin();
    withCookie().post("/g/aaa/logout").reply(204);
    const session = newSession();
    await session.login();
    await session.logout();
    expect(session.info).toBeUndefined();
    await expect(session.fetch("g/user")).rejects.toMatchObject({ code: "session_closed" });
  });

  it("succeeds if the session has already ended at the vendor", async () => {
    onLogin();
    withCookie().post("/g/aaa/logout").reply(401);
    const session = newSession();
    await session.login();
    await session.logout();
  });

  it("fails after another response, removes the session and shows no secret", async () => {
    onLogin();
    nock(brandHost).post("/g/aaa/logout").query({ A: session1 }).reply(400, session1);
    const session = newSession({ transport: "query" });
    await session.login();
    const error = await session.logout().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected_response", status: 400 });
    expect(session.info).toBeUndefined();
    expect(showsSecret(error)).toBe(false);
  });
});
