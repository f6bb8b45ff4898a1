import { allRequested, loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  apiKey,
  brandHost,
  host,
  newSession,
  onLogin,
  onSwitch,
  session1,
  session2,
  showsSecret,
  token1,
  token2,
  user,
  username,
  withCookie,
} from "./vendor.ts";

useNock();

const account = "00004207";
const switchedUser = { ...user, active_account_id: account };

describe("a login with `account`", () => {
  it("switches to it and asks for the user, at the brand's host", async () => {
    onLogin();
    onSwitch(account);
    const info = await newSession({ account }).login();
    expect(info).toMatchObject({ account: username, baseUrl: `${brandHost}/`, user: { active_account_id: account } });
  });

  it("fails if the vendor accepts the switch and stays if it was, is signed out, and not retried", async () => {
    onLogin();
    withCookie(session1).post("/g/aaa/switch_account", { account_id: account }).reply(200);
    withCookie(session1).get("/g/user").reply(200, user);
    withCookie(session1).post("/g/aaa/logout").reply(204);
    const session = newSession({ account });
    const error = await loginError(session);
    await allRequested();
    expect(error).toMatchObject({ code: "invalid_request", status: 200, fields: { account: ["not switched to"] } });
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });

  it.each([undefined, null])("accepts the switch if the user's account is %s afterwards", async (active) => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(200);
    withCookie()
      .get("/g/user")
      .reply(200, { ...user, active_account_id: active });
    expect((await newSession({ account }).login()).account).toBe(username);
  });

  it("sends the switch as a form or JSON and with the API key, according to the options", async () => {
    const types = { form: /^application\/x-www-form-urlencoded/, json: /^application\/json/ };
    for (const body of ["form", "json"] as const) {
      onLogin();
      const reqheaders = { authentication: apiKey, "content-type": types[body] };
      nock(brandHost, { reqheaders }).post("/g/aaa/switch_account", { account_id: account }).reply(200);
      nock(brandHost, { reqheaders: { authentication: apiKey } })
        .get("/g/user")
        .reply(200, switchedUser);
      await newSession({ account, body, apiKey }).login();
    }
  });

  it("sends the session id as the parameter A with transport: query", async () => {
    onLogin();
    const bare = { badheaders: ["cookie"] };
    nock(brandHost, bare).post("/g/aaa/switch_account", { account_id: account }).query({ A: session1 }).reply(200);
    nock(brandHost, bare).get("/g/user").query({ A: session1 }).reply(200, switchedUser);
    await newSession({ account, transport: "query" }).login();
  });

  it("switches again after each new login", async () => {
    onLogin(session1, token1);
    onSwitch(account, session1);
    const session = newSession({ account });
    await session.login();
    withCookie(session1).get("/g/device/list").reply(401);
    onLogin(session2, token2);
    onSwitch(account, session2);
    withCookie(session2).get("/g/device/list").reply(200, []);
    expect((await session.fetch("g/device/list")).status).toBe(200);
    expect(session.info?.user.active_account_id).toBe(account);
  });

  it("keeps the brand of its login, which does not change during a session", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(200);
    withCookie()
      .get("/g/user")
      .reply(200, { ...switchedUser, active_brand_subdomain: "c002" });
    expect((await newSession({ account }).login()).baseUrl).toBe(`${brandHost}/`);
  });

  it("without an account does not switch", async () => {
    onLogin();
    await newSession({ account: undefined }).login();
  });
});

describe("a switch that fails", () => {
  it.each([
    [400, { code: "invalid_request", fields: { account: ["not understood"] } }, "`account`"],
    [404, { code: "invalid_request", fields: { account: ["not found"] } }, "`g/account/list`"],
    [401, { code: "unexpected_response" }, "just after opening it"],
    [403, { code: "unexpected_response" }, "403"],
    [429, { code: "rate_limited" }, "429"],
  ])("with %i is %j, and the open session is signed out", async (status, expected, text) => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(status, session1, { "retry-after": "120" });
    withCookie().post("/g/aaa/logout").reply(204);
    const session = newSession({ account });
    const error = await loginError(session);
    await allRequested();
    expect(error).toMatchObject({ ...expected, status, vendor: "eagleeye" });
    expect((error as Error).message).toContain(text);
    expect(showsSecret(error)).toBe(false);
    expect(session.info).toBeUndefined();
  });

  it("with 404 is not retried, because a login would not help", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(404);
    withCookie().post("/g/aaa/logout").reply(204);
    const session = newSession({ account });
    const error = await loginError(session);
    await allRequested();
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });

  it("is reported even if the sign-out fails", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(404);
    withCookie().post("/g/aaa/logout").times(3).replyWithError("reset");
    expect(await loginError(newSession({ account }))).toMatchObject({ code: "invalid_request", status: 404 });
    await allRequested();
  });

  const faults: [string, () => void][] = [
    ["a 503 to the switch", () => withCookie(session1).post("/g/aaa/switch_account").reply(503)],
    [
      "a 503 to the look at the user",
      () => {
        withCookie(session1).post("/g/aaa/switch_account").reply(200);
        withCookie(session1).get("/g/user").reply(503);
      },
    ],
  ];

  it.each(faults)("with %s is tried again in the open session: the password is not sent again", async (_, onFault) => {
    onLogin(session1, token1);
    onFault();
    withCookie(session1).get("/g/user").reply(200, user);
    onSwitch(account, session1);
    const info = await newSession({ account }).login();
    expect(info).toMatchObject({ baseUrl: `${brandHost}/`, user: { active_account_id: account } });
  });

  it.each(faults)("with %s is not tried again if the vendor has made the switch", async (_, onFault) => {
    onLogin(session1, token1);
    onFault();
    withCookie(session1)
      .get("/g/user")
      .reply(200, { ...switchedUser, active_brand_subdomain: "c002" });
    const info = await newSession({ account }).login();
    expect(info).toMatchObject({ baseUrl: `${brandHost}/`, user: { active_account_id: account } });
  });

  it.each(faults)("with %s is followed by a new login if the vendor has ended the session", async (_, onFault) => {
    onLogin(session1, token1);
    onFault();
    withCookie(session1).get("/g/user").reply(401);
    onLogin(session2, token2);
    onSwitch(account, session2);
    await newSession({ account }).login();
  });

  it("with a 503 each time is vendor_unavailable, and the open session is signed out once", async () => {
    onLogin(session1, token1);
    withCookie(session1).post("/g/aaa/switch_account").times(3).reply(503);
    withCookie(session1).get("/g/user").times(2).reply(200, user);
    withCookie(session1).post("/g/aaa/logout").reply(204);
    const session = newSession({ account });
    expect(await loginError(session)).toMatchObject({ code: "vendor_unavailable", status: 503 });
    await allRequested();
    onLogin(session2, token2);
    onSwitch(account, session2);
    await session.login();
  });

  it("with an invalid user is unexpected_response", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(200);
    withCookie().get("/g/user").reply(200, { id: null });
    withCookie().post("/g/aaa/logout").reply(204);
    const paths = ["id", "active_brand_subdomain"];
    expect(await loginError(newSession({ account }))).toMatchObject({ code: "unexpected_response", paths });
    await allRequested();
  });

  it.each(["an abort", "logout()"])("by %s leaves no session open at the vendor", async (how) => {
    const abort = new AbortController();
    onLogin();
    const over = Promise.withResolvers<void>();
    withCookie()
      .post("/g/aaa/logout")
      .reply(() => {
        over.resolve();
        return [204];
      });
    let signOut: Promise<void> | undefined;
    const session = newSession({
      account,
      fetch: (input, init) => {
        if (!String(input).endsWith("switch_account")) return globalThis.fetch(input, init);
        if (how === "an abort") abort.abort();
        else signOut = session.logout();
        return Promise.reject(new Error("nobody waits"));
      },
    });
    await expect(session.login({ signal: abort.signal })).rejects.toThrow();
    await over.promise;
    await signOut;
  });
});

describe("a session from given cookies", () => {
  const cookies = { videobank_sessionid: session1 };

  it("is switched too", async () => {
    nock(host).get("/g/user").reply(200, user);
    onSwitch(account);
    const session = newSession({ account, cookies });
    expect((await session.login()).user.active_account_id).toBe(account);
  });

  it("is replaced by a login if only the switch is refused", async () => {
    nock(host).get("/g/user").reply(200, user);
    withCookie().post("/g/aaa/switch_account").reply(401);
    onLogin(session2, token2);
    onSwitch(account, session2);
    await newSession({ account, cookies }).login();
  });

  it("is not signed out if the account does not exist, because it may be in use elsewhere", async () => {
    nock(host).get("/g/user").reply(200, user);
    withCookie().post("/g/aaa/switch_account").reply(404);
    expect(await loginError(newSession({ account, cookies }))).toMatchObject({ code: "invalid_request", status: 404 });
  });
});
