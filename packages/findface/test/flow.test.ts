import { loginError, testResend, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  accepted,
  basic,
  host,
  newSession,
  onLogin,
  onMe,
  password,
  refusal,
  showsSecret,
  token1,
  token2,
  user,
  username,
  uuid,
} from "./vendor.ts";

useNock();

describe("signing in", () => {
  it("sends Basic in UTF-8 and the device as JSON, and returns the documented user", async () => {
    nock(host)
      .post("/auth/login/", { uuid, mobile: false, device_info: {} })
      .matchHeader("authorization", `Basic ${basic}`)
      .matchHeader("accept", "application/json")
      .matchHeader("content-type", "application/json")
      .matchHeader("user-agent", "vms-findface")
      .reply(200, accepted());
    expect((await newSession().login()).user).toEqual(user);
  });

  it("sends the options of the device", async () => {
    const deviceInfo = { model: "gate 3", tags: ["a"], level: 2 };
    nock(host).post("/auth/login/", { uuid, mobile: true, device_info: deviceInfo }).reply(200, accepted());
    await newSession({ mobile: true, deviceInfo }).login();
  });

  it.each(["en-us", "es", "ru"] as const)(
    "asks for messages in %s, and keeps the language of a call",
    async (language) => {
      nock(host)
        .post("/auth/login/")
        .matchHeader("accept-language", language)
        .matchHeader("content-language", language)
        .reply(200, accepted());
      nock(host).get("/users/me/").matchHeader("accept-language", "fr").reply(200, user);
      nock(host).get("/users/me/").matchHeader("accept-language", language).reply(200, user);
      const session = newSession({ language });
      expect((await session.fetch("users/me/", { headers: { "accept-language": "fr" } })).status).toBe(200);
      expect((await session.fetch("users/me/")).status).toBe(200);
    },
  );

  it("sends no language if none was requested", async () => {
    nock(host, { badheaders: ["content-language"] })
      .post("/auth/login/")
      .reply(200, accepted());
    await newSession().login();
  });

  it("rejects a colon in the user name", async () => {
    const error = await loginError(newSession({ credentials: async () => ({ username: "a:b", password }) }));
    expect(error).toMatchObject({ code: "invalid_options" });
    expect((error as Error).message).toContain("`username`");
    expect((error as Error).message).not.toContain("a:b");
  });

  it("allows a colon in the password", async () => {
    const header = `Basic ${Buffer.from(`${username}:a:b`).toString("base64")}`;
    nock(host).post("/auth/login/").matchHeader("authorization", header).reply(200, accepted());
    await newSession({ credentials: { username, password: "a:b" } }).login();
  });
});

describe("the expiry of a session", () => {
  it.each([
    ["2030-06-30T00:00:00.000Z", Date.UTC(2030, 5, 30)],
    ["2030-06-30T03:00:00+03:00", Date.UTC(2030, 5, 30)],
    ["2030-06-30T00:00:00.123456+00:00", Date.UTC(2030, 5, 30, 0, 0, 0, 123)],
    ["2030-06-29T18:30:00.5-0530", Date.UTC(2030, 5, 30, 0, 0, 0, 500)],
  ])("is read from %s", async (text, end) => {
    onLogin(200, accepted(token1, text));
    expect((await newSession().login()).expiresAt).toBe(end);
  });

  it("is corrected by the vendor's Date", async () => {
    onLogin(200, accepted(token1, "2030-01-01T11:00:00Z"), { date: "Tue, 01 Jan 2030 10:00:00 GMT" });
    expect((await newSession().login()).expiresAt).toBe(Date.UTC(2030, 0, 1, 1));
  });
});

describe("an expired session", () => {
  testResend({
    onLogin: (credential) => onLogin(200, accepted(credential === 1 ? token1 : token2)),
    newSession,
    host,
    path: "/cameras/",
    header: (credential) => ["authorization", `Token ${credential === 1 ? token1 : token2}`],
    rejection: refusal("UNAUTHORIZED", "Invalid token."),
  });

  it("is replaced even if the 401 is not JSON", async () => {
    onLogin(200, accepted(token1));
    onMe(token1).reply(401, "<html>", { "content-type": "text/html" });
    onLogin(200, accepted(token2));
    onMe(token2).reply(200, user);
    expect((await newSession().fetch("users/me/")).status).toBe(200);
  });
});

describe("the raw token", () => {
  it("is available for tools that do not use fetch", async () => {
    onLogin(200, accepted());
    const { headers } = await newSession().authorization();
    expect(headers).toEqual({ authorization: `Token ${token1}` });
  });
});

describe("signing out", () => {
  it.each([204, 401])("posts the token to auth/logout/, and accepts a %i", async (status) => {
    onLogin(200, accepted());
    const session = newSession();
    await session.login();
    nock(host)
      .post("/auth/logout/", "")
      .matchHeader("authorization", `Token ${token1}`)
      .reply(status, status === 204 ? undefined : refusal("UNAUTHORIZED", "Invalid token."));
    await session.logout();
    await expect(session.fetch("users/me/")).rejects.toMatchObject({ code: "session_closed" });
  });

  it.each([
    [401, refusal("LICENSE_ERROR", token1), { code: "account_unavailable", reason: "license" }],
    [404, refusal("NOT_FOUND", token1), { code: "unexpected_response" }],
  ])("removes the session and fails if the vendor returns %i", async (status, body, expected) => {
    onLogin(200, accepted());
    const session = newSession();
    await session.login();
    nock(host).post("/auth/logout/").reply(status, body);
    const error = await session.logout().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ ...expected, status });
    expect(showsSecret(error)).toBe(false);
    expect(session.info).toBeUndefined();
  });
});
