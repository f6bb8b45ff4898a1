import type { SecondFactor } from "@vms/core";
import { allRequested, fastRetry, loginError, testClock, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it, vi } from "vitest";
import {
  answering,
  code,
  host,
  newSession,
  onAuth,
  onDologin,
  onLogin,
  onLoginRequiringCode,
  onLogout,
  onTotp,
  onZones,
  password,
  requires,
  START,
  setsVa,
  username,
  va1,
  va2,
  zonesStatus,
} from "./vendor.ts";

useNock();

describe("what the vendor requires after the login", () => {
  it.each<[string, number, nock.Body | undefined]>([
    ["no such route", 404, "<html>not found</html>"],
    ["another method", 405, ""],
    ["a redirect", 302, ""],
    ["a refusal", 401, { error: "no" }],
    ["another refusal", 403, { error: "no" }],
    ["HTML", 200, "<html>welcome</html>"],
    ["nothing", 204, undefined],
    ["half a JSON", 200, '{"mfaChallengeRequired": tru'],
    ["a list", 200, [{ mfaChallengeRequired: true }] as unknown as nock.Body],
    ["another object", 200, { mfa: true }],
    ["flags of another type", 200, { mfaChallengeRequired: "true", mfaResetRequired: 1 }],
  ])("is nothing if the vendor returns %s", async (_, status, body) => {
    onDologin(200, {}, setsVa());
    onAuth().reply(status, body, status === 302 ? { location: "/login" } : {});
    onZones(va1).reply(200, []);
    expect(await zonesStatus(newSession({ secondFactor: answering(code).secondFactor }))).toBe(200);
  });

  it("is requested as JSON with the new cookie", async () => {
    onDologin(200, {}, setsVa());
    onAuth().matchHeader("accept", "application/json").reply(200, requires());
    await newSession().login();
  });

  it("can come with a new cookie, which later requests send", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(200, requires("code"), setsVa(va2));
    onTotp(code, va2).reply(200);
    onZones(va2).reply(200, []);
    expect(await zonesStatus(newSession({ secondFactor: answering(code).secondFactor }))).toBe(200);
  });

  it("is requested again after a 5xx and a network failure, without sending the password again", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(503);
    onAuth().replyWithError("gone");
    onAuth().reply(200, requires());
    onZones(va1).reply(200, []);
    expect(await zonesStatus(newSession())).toBe(200);
  });

  it.each([
    ["three times", 3, 503, {}],
    ["once with a long Retry-After", 1, 429, { "retry-after": "120" }],
  ])("is not requested again after it failed %s: the open session is signed out", async (_, times, status, headers) => {
    onDologin(200, {}, setsVa());
    onAuth().times(times).reply(status, {}, headers);
    onLogout().reply(200);
    const { now, skip } = testClock(START);
    const session = newSession({ now });
    expect(await loginError(session)).toMatchObject({ status });
    await allRequested();
    skip();
    onLogin(200, {}, setsVa(va2));
    await session.login();
    onZones(va2).reply(200, []);
    expect(await zonesStatus(session)).toBe(200);
  });

  it.each(["an abort", "an abort and a logout()"])(
    "is not requested again after %s: the open session is signed out immediately, and the next login is a new one",
    async (how) => {
      const leaving = new AbortController();
      onDologin(200, {}, setsVa());
      onAuth().reply(503, {}, { "retry-after": "1000000" });
      const { now, skip } = testClock(START);
      const session = newSession({
        now,
        timeout: 2_000_000_000,
        retry: { ...fastRetry, maxRetryAfter: 1_000_000_000 },
      });
      const waiting = timerOf(1_000_000_000);
      const left = session.login({ signal: leaving.signal }).catch((error: unknown) => error);
      await waiting;
      onLogout().reply(200);
      leaving.abort(new Error("enough"));
      expect(await left).toMatchObject({ message: "enough" });
      if (how !== "an abort") await session.logout();
      await allRequested();
      skip(1_000_000_000);
      onLogin(200, {}, setsVa(va2));
      await session.login();
      onZones(va2).reply(200, []);
      expect(await zonesStatus(session)).toBe(200);
    },
  );

  it("is followed by a new login if the vendor has ended the session", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(503);
    onAuth().reply(401);
    onLogin(200, {}, setsVa(va2));
    onZones(va2).reply(200, []);
    expect(await zonesStatus(newSession())).toBe(200);
  });

  it("is not requested with the cookie of other credentials", async () => {
    let given = { username, password };
    const { now, skip } = testClock(START);
    onDologin(200, {}, setsVa());
    onAuth().reply(503);
    const session = newSession({ credentials: () => given, retry: { attempts: 1 }, now });
    onLogout().reply(200);
    expect(await loginError(session)).toMatchObject({ code: "vendor_unavailable", status: 503 });
    await allRequested();
    skip();
    given = { username, password: "changed-meanwhile" };
    nock(host).post("/api/v1/dologin", given).reply(200, {}, setsVa(va2));
    onAuth(va2).reply(200, requires());
    expect((await session.login()).account).toBe(username);
  });
});

describe("the expiry of a session after waiting for a code", () => {
  const after = (wait: number) => {
    const { now, skip } = testClock(START);
    const secondFactor: SecondFactor = () => {
      skip(wait);
      return { method: "totp", code };
    };
    return newSession({ secondFactor, now });
  };

  it("is counted from the login that set the cookie", async () => {
    onLoginRequiringCode(va1, "; Max-Age=3600");
    onTotp(code).reply(200);
    expect(await after(600_000).login()).toMatchObject({
      issuedAt: START + 600_000,
      expiresAt: START + 3_600_000,
    });
  });

  it("is counted from the code if its response set another cookie", async () => {
    onLoginRequiringCode(va1, "; Max-Age=3600");
    onTotp(code).reply(200, undefined, setsVa(va2, "; Max-Age=3600"));
    expect((await after(600_000).login()).expiresAt).toBe(START + 600_000 + 3_600_000);
  });

  it("is at least a minute away, because the vendor has just accepted the cookie", async () => {
    onLoginRequiringCode(va1, "; Max-Age=3600");
    onTotp(code).reply(200);
    expect((await after(4_000_000).login()).expiresAt).toBe(START + 4_000_000 + 60_000);
  });

  it("is not later if the whole lifetime is shorter than a minute", async () => {
    onLoginRequiringCode(va1, "; Max-Age=10");
    onTotp(code).reply(200);
    expect((await after(4_000_000).login()).expiresAt).toBe(START + 4_000_000 + 10_000);
  });

  it("is the date of Expires", async () => {
    onLoginRequiringCode(va1, "; Expires=Tue, 01 Jan 2030 03:00:00 GMT");
    onTotp(code).reply(200);
    expect((await after(600_000).login()).expiresAt).toBe(START + 3 * 3_600_000);
  });
});

/** Resolves when a timer of this many ms starts. */
function timerOf(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { setTimeout } = globalThis;
  const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(((callback: () => void, delay?: number) => {
    if (delay === ms) resolve();
    return setTimeout(callback, delay);
  }) as typeof setTimeout);
  return promise.finally(() => spy.mockRestore());
}
