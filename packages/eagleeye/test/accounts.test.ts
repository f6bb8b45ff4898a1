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
      const reqheaders = { authorization: apiKey, "content-type": types[body] };
      nock(brandHost, { reqheaders }).post("/g/aaa/switch_account", { account_id: account }).reply(200);
      nock(brandHost, { reqheaders: { authorization: apiKey } })
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

describe("a session from given cookies", () => {
  const cookies = { videobank_sessionid: session1 };

  it("is switched too", async () => {
    nock(host).get("/g/user").reply(200, user);
    onSwitch(account);
    const session = newSession({ account, cookies });
    expect((await session.login()).user.active_account_id).toBe(account);
  });

  it("is replaced by a login if only the switch is rejected", async () => {
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
