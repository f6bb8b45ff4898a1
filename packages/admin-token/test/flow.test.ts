import { testResend, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { accepted, host, newSession, onAdmins, onLogin, password, token1, token2, user, username } from "./vendor.ts";

useNock();

describe("signing in", () => {
  it("posts login and password as JSON, asks for JSON, and returns the documented user", async () => {
    nock(host)
      .post("/api/admin/v1/auth/token", JSON.stringify({ login: username, password }))
      .matchHeader("accept", "application/json")
      .matchHeader("content-type", "application/json")
      .matchHeader("user-agent", "vms-admin-token")
      .reply(200, accepted());
    expect((await newSession().login()).user).toEqual(user);
  });

  it.each([token1, `Bearer ${token1}`])(
    "sends the token with its scheme once, whether or not the response has the scheme: %s",
    async (token) => {
      onLogin(200, accepted(token));
      onAdmins(token1).reply(200, { data: [] });
      const session = newSession();
      expect((await session.fetch("api/admin/v1/admins")).status).toBe(200);
      expect((await session.authorization()).headers).toEqual({ authorization: `Bearer ${token1}` });
    },
  );
});

describe("the expiry of a session", () => {
  it.each([
    [undefined, "2030-01-02 00:00:00", Date.UTC(2030, 0, 2)],
    ["Europe/Moscow", "2030-01-02 00:00:00", Date.UTC(2030, 0, 1, 21)],
    ["America/Lima", "2030-01-02 00:00:00", Date.UTC(2030, 0, 2, 5)],
    ["Europe/Moscow", "2030-01-02T00:00:00.000000Z", Date.UTC(2030, 0, 2)],
  ])("in the time zone %s is read from %s", async (timeZone, text, end) => {
    onLogin(200, accepted(token1, text));
    const session = newSession(timeZone === undefined ? {} : { timeZone });
    expect((await session.login()).expiresAt).toBe(end);
  });

  it("is corrected by the vendor's Date", async () => {
    onLogin(200, accepted(token1, "2030-01-01 11:00:00"), { date: "Tue, 01 Jan 2030 10:00:00 GMT" });
    expect((await newSession().login()).expiresAt).toBe(Date.UTC(2030, 0, 1, 1));
  });
});

describe("an expired session", () => {
  testResend({
    onLogin: (credential) => onLogin(200, accepted(credential === 1 ? token1 : token2)),
    newSession,
    host,
    path: "/api/admin/v1/cameras",
    header: (credential) => ["authorization", `Bearer ${credential === 1 ? token1 : token2}`],
    rejection: { message: "Unauthenticated." },
  });
});

describe("signing out", () => {
  it("sends nothing, and no later call signs in", async () => {
    onLogin(200, accepted());
    const session = newSession();
    await session.login();
    await session.logout();
    expect(session.info).toBeUndefined();
    await expect(session.fetch("api/admin/v1/admins")).rejects.toMatchObject({ code: "session_closed" });
  });
});
