import nock from "nock";
import { describe, expect, it } from "vitest";
import { createEagleEyeSession, type EagleEyeOptions } from "../src/index.ts";
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
  showsSecret,
  token1,
  token2,
  useNock,
  user,
  username,
  withCookie,
} from "./vendor.ts";

useNock();

const account = "00004207";
const switchedUser = { ...user, active_account_id: account };

/** Expects the switch of a session, and what the user is then. */
function onSwitch(session: string = session1, to: string = account): void {
  withCookie(session).post("/g/aaa/switch_account", { account_id: to }).reply(200);
  withCookie(session)
    .get("/g/user")
    .reply(200, { ...user, active_account_id: to });
}

describe("a login with `account`", () => {
  it("is followed by the switch and by a look at the user, at the brand's host", async () => {
    onLogin();
    onSwitch();
    const info = await newSession({ account }).login();
    expect(info).toMatchObject({ account: username, baseUrl: `${brandHost}/`, user: { active_account_id: account } });
  });

  it("fails where the vendor accepts the switch and stays where it was, is signed out, and not tried again", async () => {
    onLogin();
    withCookie(session1).post("/g/aaa/switch_account", { account_id: account }).reply(200);
    withCookie(session1).get("/g/user").reply(200, user);
    withCookie(session1).post("/g/aaa/logout").reply(204);
    const session = newSession({ account });
    const error = await failureOf(session);
    expect(error).toMatchObject({ code: "invalid_request", status: 200, fields: { account: ["not switched to"] } });
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });

  it.each([undefined, null])("takes the vendor's word where the user's account is %s afterwards", async (active) => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(200);
    withCookie()
      .get("/g/user")
      .reply(200, { ...user, active_account_id: active });
    expect((await newSession({ account }).login()).account).toBe(username);
  });

  it("sends the switch as a form, as JSON and with the API key, as the options say", async () => {
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

  it("is switched anew after each new login", async () => {
    onLogin(session1, token1);
    onSwitch(session1);
    const session = newSession({ account });
    await session.login();
    withCookie(session1).get("/g/device/list").reply(401);
    onLogin(session2, token2);
    onSwitch(session2);
    withCookie(session2).get("/g/device/list").reply(200, []);
    expect((await session.fetch("g/device/list")).status).toBe(200);
    expect(session.info?.user.active_account_id).toBe(account);
  });

  it("keeps to the brand of its login, which the vendor says does not change during a session", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(200);
    withCookie()
      .get("/g/user")
      .reply(200, { ...switchedUser, active_brand_subdomain: "c002" });
    expect((await newSession({ account }).login()).baseUrl).toBe(`${brandHost}/`);
  });

  it("without an account switches nothing", async () => {
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
  ])("with %i is %j, and the session that was opened is signed out first", async (status, expected, text) => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(status, session1, { "retry-after": "120" });
    withCookie().post("/g/aaa/logout").reply(204);
    const session = newSession({ account });
    const error = await failureOf(session);
    expect(error).toMatchObject({ ...expected, status, vendor: "eagleeye" });
    expect((error as Error).message).toContain(text);
    expect(showsSecret(error)).toBe(false);
    expect(session.info).toBeUndefined();
  });

  it("with 404 is not tried again, as no login would make it better", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(404);
    withCookie().post("/g/aaa/logout").reply(204);
    const session = newSession({ account });
    const error = await failureOf(session);
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });

  it("is told also where the sign-out fails", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(404);
    withCookie().post("/g/aaa/logout").replyWithError("reset");
    expect(await failureOf(newSession({ account }))).toMatchObject({ code: "invalid_request", status: 404 });
  });

  it.each([
    ["a 503 to the switch", () => withCookie().post("/g/aaa/switch_account").reply(503)],
    [
      "a 503 to the look at the user",
      () => {
        withCookie().post("/g/aaa/switch_account").reply(200);
        withCookie().get("/g/user").reply(503);
      },
    ],
  ])("with %s starts the login again, after signing out", async (_, onFault) => {
    onLogin(session1, token1);
    onFault();
    withCookie(session1).post("/g/aaa/logout").reply(204);
    onLogin(session2, token2);
    onSwitch(session2);
    await newSession({ account }).login();
  });

  it("with a user that is none is unexpected_response", async () => {
    onLogin();
    withCookie().post("/g/aaa/switch_account").reply(200);
    withCookie().get("/g/user").reply(200, { id: null });
    withCookie().post("/g/aaa/logout").reply(204);
    const paths = ["id", "active_brand_subdomain"];
    expect(await failureOf(newSession({ account }))).toMatchObject({ code: "unexpected_response", paths });
  });

  it.each(["an abort", "logout()"])("by %s leaves no session behind at the vendor", async (how) => {
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
        return new Promise((_, reject) => {
          const gone = () => reject(new Error("nobody waits"));
          if (how === "logout()") setTimeout(gone, 5);
          else if (init?.signal?.aborted) gone();
        });
      },
    });
    await expect(session.login({ signal: abort.signal })).rejects.toThrow();
    await over.promise;
    await signOut;
  });
});

describe("a session taken up by its cookies", () => {
  const cookies = { videobank_sessionid: session1 };

  it("is switched as well", async () => {
    nock(host).get("/g/user").reply(200, user);
    onSwitch();
    const session = newSession({ account, cookies });
    expect((await session.login()).user.active_account_id).toBe(account);
  });

  it("is replaced by a login where it is refused only at the switch", async () => {
    nock(host).get("/g/user").reply(200, user);
    withCookie().post("/g/aaa/switch_account").reply(401);
    onLogin(session2, token2);
    onSwitch(session2);
    await newSession({ account, cookies }).login();
  });

  it("is not signed out where there is no such account: it may be in use elsewhere", async () => {
    nock(host).get("/g/user").reply(200, user);
    withCookie().post("/g/aaa/switch_account").reply(404);
    expect(await failureOf(newSession({ account, cookies }))).toMatchObject({ code: "invalid_request", status: 404 });
  });
});

describe("switchAccount", () => {
  it("is a session of its own with the same options, which sends nothing until its first call", async () => {
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

  it("can be called on the session that it made, for a third account", async () => {
    onLogin();
    onSwitch(session1, "00004208");
    const session = newSession().switchAccount(account).switchAccount("00004208");
    expect((await session.login()).user.active_account_id).toBe("00004208");
  });

  it("leaves the cookies that were given to the session that had them: both would be one session at the vendor", async () => {
    onLogin(session2, token2);
    onSwitch(session2);
    await newSession({ cookies: { videobank_sessionid: session1 } })
      .switchAccount(account)
      .login();
  });

  it.each([undefined, "", 4207])("throws invalid_options for what is no id: %j", (to) => {
    const session = newSession();
    expect(() => session.switchAccount(to as string)).toThrow(
      expect.objectContaining({ code: "invalid_options", message: expect.stringContaining("`account`") }),
    );
    if (to !== undefined) {
      const options = { credentials: { username, password }, account: to } as EagleEyeOptions;
      expect(() => createEagleEyeSession(options)).toThrow(expect.objectContaining({ code: "invalid_options" }));
    }
  });

  it("does not sign in with a password that was refused", async () => {
    onAuthenticate(401, "");
    const session = newSession({ account });
    const error = await failureOf(session);
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });
});
