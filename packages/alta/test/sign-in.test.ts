import { allRequested, loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  answering,
  code,
  newSession,
  onAuth,
  onDologin,
  onLogin,
  onLoginRequiringCode,
  onLogout,
  onTotp,
  onZones,
  requires,
  START,
  setsVa,
  showsSecret,
  username,
  va1,
  va2,
  zonesStatus,
} from "./vendor.ts";

useNock();

describe("a code", () => {
  it("is posted to api/v1/totp with an empty name, and an empty response is accepted", async () => {
    onLoginRequiringCode();
    onTotp(code).matchHeader("content-type", "application/json").reply(200);
    onZones(va1).reply(200, []);
    const { secondFactor, challenges } = answering(` ${code.slice(0, 3)} ${code.slice(3)} `);
    expect(await zonesStatus(newSession({ secondFactor }))).toBe(200);
    expect(challenges).toEqual([
      expect.objectContaining({ account: username, methods: [{ type: "totp" }], attempt: 1 }),
    ]);
  });

  it.each([
    [200, {}],
    [302, { location: "/home" }],
  ])("is accepted by a %i that sets a new cookie, which later requests send", async (status, headers) => {
    onLoginRequiringCode();
    onTotp(code).reply(status, undefined, { ...headers, ...setsVa(va2, "; Max-Age=600") });
    const session = newSession({ secondFactor: answering(code).secondFactor });
    expect((await session.login()).expiresAt).toBe(START + 600_000);
    onZones(va2).reply(200, []);
    expect(await zonesStatus(session)).toBe(200);
  });

  it.each([400, 401, 403])("is asked for again after a %i", async (status) => {
    onLoginRequiringCode();
    onTotp("000000").reply(status, { error: code });
    if (status === 401) onAuth().reply(200, requires("code"));
    onTotp(code).reply(200);
    const { secondFactor, challenges } = answering("000000", code);
    await newSession({ secondFactor }).login();
    expect(challenges.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, "wrong"],
    ]);
  });

  it("is asked for at most three times; then the open session is signed out, and nothing more is sent", async () => {
    onLoginRequiringCode();
    for (const wrong of ["111111", "222222", "333333"]) onTotp(wrong).reply(403, { error: wrong });
    onLogout().reply(200);
    const { secondFactor, challenges } = answering("111111", "222222", "333333");
    const session = newSession({ secondFactor });
    const error = await loginError(session);
    await allRequested();
    expect(error).toMatchObject({ code: "second_factor_rejected", status: 403, retryable: false });
    expect((error as Error).message).toMatch(
      /^\[@vms\/alta\] the vendor rejected the second-factor code .*`renew\(\)`/,
    );
    expect(showsSecret(error)).toBe(false);
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(challenges).toHaveLength(3);
  });

  it("that is too late is asked for again, for a new login", async () => {
    onLoginRequiringCode();
    onTotp("111111").reply(401);
    onAuth().reply(401);
    onLoginRequiringCode(va2);
    onTotp(code, va2).reply(200);
    const { secondFactor, challenges } = answering("111111", code);
    const session = newSession({ secondFactor });
    await session.login();
    expect(challenges.map(({ last }) => last)).toEqual([undefined, "late"]);
    onZones(va2).reply(200, []);
    expect(await zonesStatus(session)).toBe(200);
  });

  it("is not sent if the new login no longer requires one", async () => {
    onLoginRequiringCode();
    onTotp("111111").reply(401);
    onAuth().reply(401);
    onLogin(200, {}, setsVa(va2));
    expect((await newSession({ secondFactor: answering("111111", code).secondFactor }).login()).account).toBe(username);
  });

  it("that is too late each time is reported as too late", async () => {
    for (const late of ["111111", "222222", "333333"]) {
      onLoginRequiringCode();
      onTotp(late).reply(401);
      onAuth().reply(401);
    }
    onLogout().reply(401);
    const error = await loginError(newSession({ secondFactor: answering("111111", "222222", "333333").secondFactor }));
    await allRequested();
    expect(error).toMatchObject({ code: "second_factor_rejected", status: 401 });
    expect((error as Error).message).toContain("too late");
  });

  it("is not asked for again if the vendor accepted it and only the response was lost", async () => {
    onLoginRequiringCode();
    onTotp(code).replyWithError("gone");
    onAuth().reply(200, requires());
    const { secondFactor, challenges } = answering(code);
    const session = newSession({ secondFactor });
    await session.login();
    expect(challenges).toHaveLength(1);
    onZones(va1).reply(200, []);
    expect(await zonesStatus(session)).toBe(200);
  });

  it("is asked for again, without a new login, if the vendor returned 5xx and still requires one", async () => {
    onLoginRequiringCode();
    onTotp("111111").reply(503);
    onAuth().reply(200, requires("code"));
    onTotp(code).reply(200);
    const { secondFactor, challenges } = answering("111111", code);
    await newSession({ secondFactor }).login();
    expect(challenges.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it.each([404, 302])(
    "with the response %i fails with unexpected_response and signs out the open session",
    async (status) => {
      onLoginRequiringCode();
      onTotp(code).reply(status, code, { location: "/elsewhere" });
      onLogout().reply(200);
      const error = await loginError(newSession({ secondFactor: answering(code).secondFactor }));
      await allRequested();
      expect(error).toMatchObject({ code: "unexpected_response", status });
      expect(showsSecret(error)).toBe(false);
    },
  );
});

describe("without a code", () => {
  it("the login fails with second_factor_required, is signed out, and is not retried", async () => {
    onLoginRequiringCode();
    onLogout().reply(200);
    const session = newSession();
    const error = await loginError(session);
    await allRequested();
    expect(error).toMatchObject({ code: "second_factor_required", methods: [{ type: "totp" }], retryable: false });
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(await loginError(session)).toBe(error);
  });

  it.each<[string, (logout: nock.Interceptor) => nock.Scope]>([
    ["a 500", (logout) => logout.times(3).reply(500)],
    ["no answer", (logout) => logout.times(3).replyWithError("gone")],
    ["silence", (logout) => logout.delay(120_000).reply(200)],
  ])("the login fails with the same error if the sign-out fails with %s", async (_, meets) => {
    onLoginRequiringCode();
    meets(onLogout());
    expect(await loginError(newSession())).toMatchObject({ code: "second_factor_required" });
    await allRequested();
    nock.abortPendingRequests();
  });

  it("an account that must enrol is reported even if a code is available", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(200, { mfaResetRequired: true, mfaChallengeRequired: true });
    onLogout().reply(200);
    const { secondFactor, challenges } = answering(code);
    const session = newSession({ secondFactor });
    const error = await loginError(session);
    await allRequested();
    expect(error).toMatchObject({ code: "second_factor_required", methods: [{ type: "totp" }] });
    expect((error as Error).message).toMatch(/enrol .*website/);
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(challenges).toHaveLength(0);
  });

  it("an error of the function is thrown by the login, and the open session is signed out", async () => {
    onLoginRequiringCode();
    onLogout().reply(200);
    const cancelled = new Error("cancelled by the user");
    const session = newSession({ secondFactor: () => Promise.reject(cancelled) });
    expect(await loginError(session)).toBe(cancelled);
    await allRequested();
  });
});
