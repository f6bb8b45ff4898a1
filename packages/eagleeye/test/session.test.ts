import { sessionPool } from "@vms/core";
import { loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import * as eagleeye from "../src/index.ts";
import { createEagleEyeSession, type EagleEyeOptions } from "../src/index.ts";
import {
  apiKey,
  brandHost,
  host,
  newSession,
  onAuthenticate,
  onAuthorize,
  onLogin,
  onSwitch,
  password,
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

describe("createEagleEyeSession", () => {
  it("is exported with the description of the vendor", () => {
    expect(Object.keys(eagleeye).sort()).toEqual(["createEagleEyeSession", "describe"]);
  });

  it("does no I/O", () => {
    const session = newSession();
    expect(session.vendor).toBe("eagleeye");
    expect(session.info).toBeUndefined();
  });

  it("keeps `info` up to date", async () => {
    onLogin();
    withCookie().post("/g/aaa/logout").reply(204);
    const session = newSession();
    await session.login();
    expect(session.info).toMatchObject({ vendor: "eagleeye", account: username, user: { id: user.id } });
    await session.logout();
    expect(session.info).toBeUndefined();
  });

  it("signs out at the end of a block", async () => {
    onLogin();
    withCookie().post("/g/aaa/logout").reply(204);
    await using session = newSession();
    await session.login();
  });

  it("shows no secret in `info` or when it is printed", async () => {
    onLogin();
    const session = newSession({ apiKey });
    const info = await session.login();
    expect(showsSecret(session)).toBe(false);
    expect(showsSecret(info)).toBe(false);
  });
});

describe("switchAccount", () => {
  it("is a separate session with the same options, which sends nothing before its first call", async () => {
    onLogin(session1, token1);
    const form = { username, password, realm: "r" };
    const session = newSession({ transport: "query" });
    const other = createEagleEyeSession({
      credentials: { username, password },
      realm: "r",
      transport: "query",
      userAgent: "acme/1",
    }).switchAccount(account);
    expect(other.info).toBeUndefined();
    await session.login();
    const agent = { reqheaders: { "user-agent": "acme/1" } };
    nock(host, agent).post("/g/aaa/authenticate", form).reply(200, { token: token2 });
    onAuthorize(token2);
    nock(brandHost, agent).post("/g/aaa/switch_account", { account_id: account }).query({ A: session1 }).reply(200);
    nock(brandHost, agent).get("/g/user").query({ A: session1 }).reply(200, switchedUser);
    expect((await other.login()).user.active_account_id).toBe(account);
    expect(session.info?.user.active_account_id).toBe(user.active_account_id);
  });

  it("can be called on the new session, for a third account", async () => {
    onLogin();
    onSwitch("00004208", session1);
    const session = newSession().switchAccount(account).switchAccount("00004208");
    expect((await session.login()).user.active_account_id).toBe("00004208");
  });

  it("does not use the option `cookies`: both sessions would be one session at the vendor", async () => {
    onLogin(session2, token2);
    onSwitch(account, session2);
    await newSession({ cookies: { videobank_sessionid: session1 } })
      .switchAccount(account)
      .login();
  });

  it("G10: does not continue the login history of a pool's key, which belongs to the first session", async () => {
    const refused = nock(host).post("/g/aaa/authenticate").reply(401);
    const pool = sessionPool((_, shared) => newSession(shared));
    expect(await loginError(pool.get("acme"))).toMatchObject({ code: "invalid_credentials" });
    pool.get("acme").switchAccount(account);
    await pool.close("acme");
    // Nothing else is sent: nock would fail a second request.
    expect(await loginError(pool.get("acme"))).toMatchObject({ code: "invalid_credentials" });
    expect(refused.isDone()).toBe(true);
    await pool.closeAll();
  });

  it.each([undefined, "", 4207])("throws invalid_options for an invalid id: %j", (to) => {
    const session = newSession();
    expect(() => session.switchAccount(to as string)).toThrow(
      expect.objectContaining({ code: "invalid_options", message: expect.stringContaining("`account`") }),
    );
    if (to !== undefined) {
      const options = { credentials: { username, password }, account: to } as EagleEyeOptions;
      expect(() => createEagleEyeSession(options)).toThrow(expect.objectContaining({ code: "invalid_options" }));
    }
  });

  it("does not sign in with a password that was rejected", async () => {
    onAuthenticate(401, "");
    const session = newSession({ account });
    const error = await loginError(session);
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });
});
