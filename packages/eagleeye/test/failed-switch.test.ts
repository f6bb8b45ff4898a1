import { allRequested, loginError, testClock, useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import {
  brandHost,
  newSession,
  onLogin,
  onSwitch,
  session1,
  session2,
  showsSecret,
  token1,
  token2,
  user,
  withCookie,
} from "./vendor.ts";

useNock();

const account = "00004207";
const switchedUser = { ...user, active_account_id: account };

describe("a switch that fails", () => {
  it.each([
    [400, { code: "invalid_request", fields: { account: ["not understood"] } }, "`account`"],
    [404, { code: "invalid_request", fields: { account: ["not found"] } }, "`g/account/list`"],
    [401, { code: "unexpected_response" }, "the new session"],
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
      "a 503 to the request for the user",
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
    const { now, skip } = testClock();
    const session = newSession({ account, now });
    expect(await loginError(session)).toMatchObject({ code: "vendor_unavailable", status: 503 });
    await allRequested();
    skip();
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
