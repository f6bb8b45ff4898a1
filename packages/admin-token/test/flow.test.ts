import { useNock } from "@vms-tooling/testing";
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
    "puts the token on calls once, whether it came with its scheme or not: %s",
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

describe("a session that was revoked", () => {
  const path = "/api/admin/v1/cameras";
  const json = { name: "gate" };

  it.each<[string, (session: ReturnType<typeof newSession>) => Promise<Response>, (body: unknown) => boolean]>([
    ["session.http, json", (s) => s.http.post(path, { json }), (body) => same(body, json)],
    ["session.http, a form", (s) => s.http.post(path, { body: new URLSearchParams(json) }), (body) => same(body, json)],
    ["session.http, multipart", (s) => s.http.post(path, { body: form() }), (body) => /gate/.test(String(body))],
    ["session.fetch, a text", (s) => s.fetch(path, { method: "POST", body: "gate" }), (body) => body === "gate"],
  ])("is replaced by one login, and the whole call is sent again: %s", async (_, call, isWhole) => {
    onLogin(200, accepted(token1));
    const session = newSession();
    await session.login();
    const gone = { message: "Unauthenticated." };
    nock(host).post(path, isWhole).matchHeader("authorization", `Bearer ${token1}`).reply(401, gone);
    onLogin(200, accepted(token2));
    nock(host).post(path, isWhole).matchHeader("authorization", `Bearer ${token2}`).reply(200, { done: true });
    expect(await (await call(session)).json()).toEqual({ done: true });
  });
});

describe("signing out", () => {
  it("is local: nothing is sent, and no call signs in", async () => {
    onLogin(200, accepted());
    const session = newSession();
    await session.login();
    await session.logout();
    expect(session.info).toBeUndefined();
    await expect(session.fetch("api/admin/v1/admins")).rejects.toMatchObject({ code: "session_closed" });
  });
});

function form(): FormData {
  const form = new FormData();
  form.set("name", "gate");
  return form;
}

function same(body: unknown, expected: object): boolean {
  return JSON.stringify(body) === JSON.stringify(expected);
}
