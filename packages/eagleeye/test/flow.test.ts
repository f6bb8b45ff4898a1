import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  apiKey,
  brandHost,
  failureOf,
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
  useNock,
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

  it("names a realm to authenticate", async () => {
    const fields = { username, password, realm: "eagleeyenetworks" };
    nock(host).post("/g/aaa/authenticate", fields).reply(200, { token: token1 });
    onAuthorize();
    await newSession({ realm: "eagleeyenetworks" }).login();
  });

  it("sends an API key on every request, of the login, of calls and of the sign-out", async () => {
    const key = { reqheaders: { authentication: apiKey } };
    nock(host, key).post("/g/aaa/authenticate").reply(200, { token: token1 });
    nock(host, key).post("/g/aaa/authorize").reply(200, user, cookieHeaders);
    nock(brandHost, key).get("/g/device/list").reply(200, []);
    nock(brandHost, key).get("/g/aaa/isauth").reply(200, "true");
    nock(brandHost, key).post("/g/aaa/logout").reply(204);
    const session = newSession({ apiKey });
    await session.fetch("g/device/list");
    expect(await session.isAuthenticated()).toBe(true);
    await session.logout();
  });

  it("does not know how long a session lives", async () => {
    onLogin();
    const info = await newSession().login();
    expect(info).not.toHaveProperty("expiresAt");
    expect(info).not.toHaveProperty("idleTimeout");
  });

  it("takes the account's lifetimes from the options", async () => {
    onLogin();
    const info = await newSession({ lifetime: 3_600_000, idleTimeout: 900_000, now: () => 5_000 }).login();
    expect(info).toMatchObject({ expiresAt: 3_605_000, idleTimeout: 900_000 });
  });
});

describe("the session's cookie", () => {
  it.each(["videobank_sessionid", "auth_key"])("is taken as %s, and sent back under that name", async (name) => {
    onAuthenticate();
    onAuthorize(token1, 200, user, { "set-cookie": setCookie(session1, name) });
    withCookie(session1, name).get("/g/device/list").reply(200, []);
    expect((await newSession().fetch("g/device/list")).status).toBe(200);
  });

  it("is auth_key where both come, in whatever order", async () => {
    onAuthenticate();
    const both = [setCookie(session2, "auth_key"), setCookie(session1)];
    onAuthorize(token1, 200, user, { "set-cookie": [...both, "other=1"] });
    withCookie(session2, "auth_key").get("/g/device/list").reply(200, []);
    expect((await newSession().fetch("g/device/list")).status).toBe(200);
  });

  it("is not in the responses that a caller gets", async () => {
    onLogin();
    withCookie()
      .get("/g/user")
      .reply(200, user, { "set-cookie": setCookie(session2) });
    expect((await newSession().fetch("g/user")).headers.getSetCookie()).toEqual([]);
  });

  it("goes as the parameter A with transport: query, URL-encoded, of session.fetch and session.http", async () => {
    const odd = "c001~a+b/c=&d";
    onAuthenticate();
    onAuthorize(token1, 200, user, { "set-cookie": setCookie(odd) });
    const urls: string[] = [];
    nock(brandHost, { badheaders: ["cookie"] })
      .get("/g/device/list")
      .query({ A: odd, t: "camera" })
      .reply(200, []);
    nock(brandHost, { badheaders: ["cookie"] })
      .get("/g/user")
      .query({ A: odd })
      .reply(200, user);
    nock(brandHost, { badheaders: ["cookie"] })
      .post("/g/aaa/logout")
      .query({ A: odd })
      .reply(204);
    const session = newSession({
      transport: "query",
      fetch: (input, init) => {
        urls.push(input instanceof Request ? input.url : String(input));
        return globalThis.fetch(input, init);
      },
    });
    const response = await session.fetch("g/device/list?t=camera");
    expect(await session.http.get("g/user").json()).toEqual(user);
    await session.logout();
    expect(response.url).not.toContain("A=");
    expect(urls.at(-1)).toBe(`${brandHost}/g/aaa/logout?A=c001%7Ea%2Bb%2Fc%3D%26d`);
  });
});

describe("where calls go", () => {
  it("is the host of the active brand, of session.fetch and session.http", async () => {
    onLogin();
    withCookie().get("/g/device/list").twice().reply(200, []);
    const session = newSession();
    expect(await (await session.fetch("/g/device/list")).json()).toEqual([]);
    expect(await session.http.get("g/device/list").json()).toEqual([]);
    expect(session.info?.baseUrl).toBe(`${brandHost}/`);
  });

  it("is any of the vendor's hosts over https, and no other", async () => {
    onLogin();
    nock("https://media.eagleeyenetworks.com", { reqheaders: { cookie: `videobank_sessionid=${session1}` } })
      .get("/clip")
      .reply(200, "");
    const session = newSession();
    expect((await session.fetch("https://media.eagleeyenetworks.com/clip")).status).toBe(200);
    const elsewhere = ["https://eagleeyenetworks.com.evil.example/", "http://c001.eagleeyenetworks.com/"];
    for (const url of elsewhere) {
      await expect(session.fetch(url)).rejects.toMatchObject({ code: "origin_not_allowed" });
    }
  });

  it("stays where a proxy or a simulator is", async () => {
    const proxy = "https://een.acme.example";
    nock(proxy).post("/vms/g/aaa/authenticate").reply(200, { token: token1 });
    nock(proxy).post("/vms/g/aaa/authorize").reply(200, user, cookieHeaders);
    nock(proxy).get("/vms/g/device/list").reply(200, []);
    const session = newSession({ baseUrl: `${proxy}/vms` });
    expect((await session.fetch("g/device/list")).status).toBe(200);
    await expect(session.fetch(`${brandHost}/g/user`)).rejects.toMatchObject({ code: "origin_not_allowed" });
  });

  it.each(["evil.example/", "a.b", "-a", "a-", "a b", "a@b", "a:1", "a/", "x".repeat(64), "ü", "login\n"])(
    "is unexpected_response where the brand's subdomain is not one DNS label: %j",
    async (label) => {
      onAuthenticate();
      onAuthorize(token1, 200, { ...user, active_brand_subdomain: label });
      const error = await failureOf(newSession());
      expect(error).toMatchObject({ code: "unexpected_response", paths: ["active_brand_subdomain"] });
      expect((error as Error).message).not.toContain(label);
    },
  );
});

describe("a session that is gone", () => {
  it("is one new login, and the call arrives again with its body and the new credential", async () => {
    onLogin(session1, token1);
    onLogin(session2, token2);
    const call = { id: "1005f2ed", name: "Gate" };
    withCookie(session1).post("/g/device", call).reply(401);
    withCookie(session2).post("/g/device", call).reply(200, { id: "1005f2ed" });
    const response = await newSession().http.post("g/device", { json: call });
    expect(await response.json()).toEqual({ id: "1005f2ed" });
  });

  it("is the same with the parameter A", async () => {
    onLogin(session1, token1);
    onLogin(session2, token2);
    nock(brandHost).get("/g/user").query({ A: session1 }).reply(401);
    nock(brandHost).get("/g/user").query({ A: session2 }).reply(200, user);
    expect((await newSession({ transport: "query" }).fetch("g/user")).status).toBe(200);
  });

  it("is not what 403 says: that answer is the caller's", async () => {
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

  it("is done where the vendor says that the session is gone already", async () => {
    onLogin();
    withCookie().post("/g/aaa/logout").reply(401);
    const session = newSession();
    await session.login();
    await session.logout();
  });

  it("reports another answer after forgetting the session, without showing it", async () => {
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
