import { memoryStore, type SessionStore } from "@vms/core";
import { loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { parseData } from "../src/wire.ts";
import {
  brandHost,
  host,
  newSession,
  onAuthenticate,
  onAuthenticateWithCode,
  onAuthorize,
  onAuthorizeWithCode,
  onSendCode,
  password,
  session1,
  session2,
  setCookie,
  showsSecret,
  tfaKey1,
  tfaKey2,
  token1,
  token2,
  user,
  username,
  withCookie,
} from "./vendor.ts";

useNock();

const secondFactor = () => ({ method: "sms" as const, code: "1234" });
const keyCookie = (key: string) => setCookie(key, "tfa_key");

/** Expects a login with a code, which sets cookies. */
function onLoginWithCode(cookies: readonly string[] = [setCookie(session1), keyCookie(tfaKey1)]): void {
  onAuthenticateWithCode();
  onSendCode();
  onAuthorizeWithCode(token1, "1234", 200, cookies);
}

/** Expects one authenticate with a `tfa_key`, and answers it. */
function onAuthenticateWithKey(key: string, body: nock.Body = { token: token2 }, status = 200): void {
  nock(host, { reqheaders: { cookie: `tfa_key=${key}` } })
    .post("/g/aaa/authenticate", { username, password })
    .reply(status, body);
}

/** A store whose values and their expiry can be inspected. */
function openStore(): { store: SessionStore; values: Map<string, string>; ends: (number | undefined)[] } {
  const values = new Map<string, string>();
  const ends: (number | undefined)[] = [];
  const store: SessionStore = {
    get: async (key) => values.get(key),
    set: async (key, value, options) => {
      ends.push(options?.expiresAt);
      values.set(key, value);
    },
    delete: async (key) => void values.delete(key),
  };
  return { store, values, ends };
}

const dataIn = (values: Map<string, string>): unknown => JSON.parse([...values.values()][0] ?? "{}").session?.data;

describe("tfa_key", () => {
  it("is sent as a cookie, so that later logins need no code", async () => {
    const { store, values } = openStore();
    onLoginWithCode();
    const session = newSession({ store, secondFactor });
    await session.login();
    expect(dataIn(values)).toEqual({ cookie: "videobank_sessionid", session: session1, tfaKey: tfaKey1 });
    onAuthenticateWithKey(tfaKey1);
    onAuthorize(token2, 200, user, { "set-cookie": setCookie(session2) });
    await session.renew();
    expect(dataIn(values)).toEqual({ cookie: "videobank_sessionid", session: session2, tfaKey: tfaKey1 });
    onAuthenticateWithKey(tfaKey1);
    onAuthorize(token2);
    await session.renew();
  });

  it("is a parameter of authenticate with rememberTokenPlacement: parameter", async () => {
    onLoginWithCode();
    const session = newSession({ secondFactor, rememberTokenPlacement: "parameter" });
    await session.login();
    nock(host, { badheaders: ["cookie"] })
      .post("/g/aaa/authenticate", { username, password, tfa_key: tfaKey1 })
      .reply(200, { token: token2 });
    onAuthorize(token2);
    await session.renew();
  });

  it("is not sent with a call or a logout", async () => {
    onLoginWithCode();
    const cookie = `videobank_sessionid=${session1}`;
    for (const [method, path] of [
      ["GET", "/g/user"],
      ["POST", "/g/aaa/logout"],
    ] as const) {
      nock(brandHost)
        .intercept(path, method, "")
        .matchHeader("cookie", (value) => String(value) === cookie)
        .reply(200, user);
    }
    const session = newSession({ secondFactor });
    await session.fetch("g/user");
    expect(JSON.stringify(await session.authorization())).not.toContain("tfa");
    await session.logout();
  });

  it("of another session object is read from the store, even after the session has expired", async () => {
    const { store, ends } = openStore();
    let now = 0;
    const options = { store, lifetime: 3_600_000, now: () => now };
    onLoginWithCode();
    await newSession({ ...options, secondFactor }).login();
    now += 3_600_000;
    onAuthenticateWithKey(tfaKey1);
    onAuthorize(token2);
    await newSession(options).login();
    // If the store knew the expiry, it would drop the key with the session.
    expect(ends).toEqual([undefined, undefined]);
  });

  it("is absent if the vendor sets none: then the stored record expires with the session", async () => {
    const { store, ends, values } = openStore();
    onLoginWithCode([setCookie(session1)]);
    await newSession({ store, secondFactor, lifetime: 3_600_000, now: () => 0 }).login();
    expect(ends).toEqual([3_600_000]);
    expect(dataIn(values)).not.toHaveProperty("tfaKey");
  });

  it.each([
    ["a new one", [keyCookie(tfaKey2)], tfaKey2],
    ["none", [], undefined],
  ])("is dropped if the vendor still requires a code, and authorize then sets %s", async (_, set, kept) => {
    const { store, values } = openStore();
    onLoginWithCode();
    const session = newSession({ store, secondFactor });
    await session.login();
    onAuthenticateWithKey(tfaKey1, { token: token2, two_factor_authentication_code: { sms: "*** *** 779" } });
    onSendCode(token2);
    onAuthorizeWithCode(token2, "1234", 200, [setCookie(session2), ...set]);
    await session.renew();
    expect((dataIn(values) as { tfaKey?: string }).tfaKey).toBe(kept);
  });

  it("is not sent again for further codes of a login that still required one", async () => {
    onLoginWithCode();
    const session = newSession({ secondFactor });
    await session.login();
    const ways = { two_factor_authentication_code: { sms: "*** *** 779" } };
    onAuthenticateWithKey(tfaKey1, { token: token2, ...ways });
    onSendCode(token2);
    onAuthorizeWithCode(token2, "1234", 406);
    nock(host)
      .post("/g/aaa/authenticate", { username, password })
      .reply(200, { token: "t-3", ...ways });
    onSendCode("t-3");
    onAuthorizeWithCode("t-3", "1234");
    await session.renew();
  });

  it.each([
    ["replaced", keyCookie(tfaKey2), tfaKey2],
    ["deleted", `${keyCookie(tfaKey1)}; Max-Age=0`, undefined],
    ["deleted in PHP's way", "tfa_key=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Path=/", undefined],
    ["emptied", "tfa_key=; Path=/", undefined],
    ["kept, with a namesake of another path deleted,", "tfa_key=; Path=/player; Max-Age=0", tfaKey1],
  ])("is %s by a later authorize", async (_, set, kept) => {
    const { store, values } = openStore();
    onLoginWithCode();
    const session = newSession({ store, secondFactor });
    await session.login();
    onAuthenticateWithKey(tfaKey1);
    onAuthorize(token2, 200, user, { "set-cookie": [setCookie(session2), set] });
    await session.renew();
    expect((dataIn(values) as { tfaKey?: string }).tfaKey).toBe(kept);
  });

  it("is not sent again if the authorize that accepted a code deletes it", async () => {
    const { store, values } = openStore();
    onLoginWithCode([setCookie(session1), "tfa_key=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Path=/"]);
    await newSession({ store, secondFactor }).login();
    expect(dataIn(values)).not.toHaveProperty("tfaKey");
  });

  it("does not cause a second attempt with a rejected password", async () => {
    onLoginWithCode();
    const session = newSession({ secondFactor });
    await session.login();
    onAuthenticateWithKey(tfaKey1, tfaKey1, 401);
    const error = await session.renew().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "invalid_credentials", status: 401 });
    expect(showsSecret(error)).toBe(false);
  });

  it("is dropped after a 400, which is not about the password", async () => {
    const { store, values } = openStore();
    onLoginWithCode();
    const session = newSession({ store, secondFactor });
    await session.login();
    onAuthenticateWithKey(tfaKey1, tfaKey1, 400);
    onLoginWithCode([setCookie(session2)]);
    await session.renew();
    expect(dataIn(values)).toEqual({ cookie: "videobank_sessionid", session: session2 });
  });

  it("is not the reason for a 400 that is repeated without it: that is final", async () => {
    onLoginWithCode();
    const session = newSession({ secondFactor });
    await session.login();
    onAuthenticateWithKey(tfaKey1, tfaKey1, 400);
    onAuthenticate(400, tfaKey1);
    const error = await session.renew().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "invalid_request", status: 400 });
    expect(showsSecret(error)).toBe(false);
  });

  it("is removed by logout()", async () => {
    const { store, values } = openStore();
    onLoginWithCode();
    const session = newSession({ store, secondFactor });
    await session.login();
    withCookie().post("/g/aaa/logout").reply(204);
    await session.logout();
    expect(values.size).toBe(0);
    onLoginWithCode();
    await session.login();
  });

  it("is not sent for another user", async () => {
    onLoginWithCode();
    const users = [username, "canary.other@acme.example"];
    const session = newSession({ secondFactor, credentials: () => ({ username: users.shift() ?? "", password }) });
    await session.login();
    const fields = { username: "canary.other@acme.example", password };
    nock(host).post("/g/aaa/authenticate", fields).reply(200, { token: token2 });
    onAuthorize(token2);
    await session.renew();
  });

  it("is used from given cookies", async () => {
    nock(host).get("/g/user").matchHeader("cookie", `auth_key=${session1}`).reply(200, user);
    const session = newSession({ cookies: { auth_key: session1, tfa_key: tfaKey1 } });
    await session.login();
    onAuthenticateWithKey(tfaKey1);
    onAuthorize(token2);
    await session.renew();
  });

  it("appears in no session, info, event or error", async () => {
    onLoginWithCode();
    const session = newSession({ secondFactor });
    const seen: unknown[] = [session];
    for (const type of ["login", "renewed", "rejected", "logout"] as const) session.on(type, (e) => seen.push(e));
    seen.push(await session.login());
    withCookie().get("/g/user").reply(401);
    onAuthenticateWithKey(tfaKey1, { token: tfaKey1, two_factor_authentication_code: { sms: 7 } });
    seen.push(await session.fetch("g/user").catch((thrown: unknown) => thrown));
    expect(seen.length).toBeGreaterThan(3);
    expect(showsSecret(seen)).toBe(false);
  });
});

describe("a stored record", () => {
  it.each([
    ["without tfaKey, of the first version", { cookie: "auth_key", session: session1 }],
    ["with tfaKey", { cookie: "auth_key", session: session1, tfaKey: tfaKey1 }],
    ["with what a later version added", { cookie: "auth_key", session: session1, tfaKey: tfaKey1, later: { kept: 1 } }],
  ])("%s is accepted", (_, data) => {
    expect(parseData(data)).toEqual(data);
    expect(Object.keys(parseData(data))).toEqual(Object.keys(data));
  });

  it.each([7, "", null])("with an invalid tfaKey is replaced by a login: %j", async (tfaKey) => {
    expect(() => parseData({ cookie: "auth_key", session: session1, tfaKey })).toThrow("tfaKey");
  });

  it("of another session is not sent", async () => {
    const store = memoryStore();
    onLoginWithCode();
    await newSession({ store, secondFactor }).login();
    nock(host)
      .post("/g/aaa/authenticate", { username, password, realm: "other" })
      .reply(200, { token: token2, two_factor_authentication_code: { sms: "*** *** 779" } });
    expect(await loginError(newSession({ store, realm: "other" }))).toMatchObject({ code: "second_factor_required" });
  });
});
