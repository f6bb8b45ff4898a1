import { inspect } from "node:util";
import { memoryStore, nonInteractive, type SecondFactor, type SecondFactorChallenge } from "@vms/core";
import { totp } from "@vms/core/totp";
import { type AltaServer, type AltaOptions as Behaviour, createClock } from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { account, paths, reading, sessionsOf, start } from "./simulated-vendor.ts";

/** A `secondFactor` that returns the code when `answer` is called. */
function thinking(server: AltaServer) {
  const asked = Promise.withResolvers<SecondFactorChallenge>();
  const gate = Promise.withResolvers<void>();
  const secondFactor: SecondFactor = async (challenge) => {
    asked.resolve(challenge);
    await gate.promise;
    return { method: "totp", code: await server.totpCode(challenge.account) };
  };
  return { secondFactor, asked: asked.promise, answer: gate.resolve };
}

describe("an account with a second factor", () => {
  it.each<[string, Behaviour]>([
    ["that accepts the code", {}],
    ["that replaces the cookie with the code, and keeps the old one", { rotateAtCode: "keep-old" }],
    ["that replaces the cookie with the code, and ends the old one", { rotateAtCode: "end-old" }],
    ["that answers the login with a redirect", { loginStatus: 302 }],
    ["that answers errors without a body", { errorBodies: "empty" }],
  ])("signs in at a deployment %s, and asks once", async (_, behaviour) => {
    const { server, open } = await start(behaviour);
    const { secondFactor, challenges } = reading(server);
    const session = open({ secondFactor });
    for (let call = 0; call < 2; call++) expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect(paths(server)).toEqual(["dologin", "auth", "totp", "devices", "devices"]);
    expect([challenges.length, server.logins, server.sessions]).toEqual([1, 1, 1]);
  });

  it("signs in with the TOTP secret alone", async () => {
    const { server, open } = await start();
    const session = open({ secondFactor: totp(account.totpSecret ?? ""), now: Date.now });
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect(server.logins).toBe(1);
  });

  it.each([400, 401, 403] as const)("is asked again after a wrong code (%i)", async (status) => {
    const { server, open } = await start({ wrongCodeStatus: status });
    const { secondFactor, challenges } = reading(server, "000000");
    expect((await open({ secondFactor }).fetch("api/v1/devices")).status).toBe(200);
    expect(challenges.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, "wrong"],
    ]);
    expect(server.loginAttempts).toBe(1);
  });

  it("fails after three wrong codes, before the vendor locks it at the fourth", async () => {
    const { server, open } = await start({ wrongCodesToLock: 4 });
    const { secondFactor } = reading(server, "000000", "000000", "000000");
    const session = open({ secondFactor });
    const error = await session.fetch("api/v1/devices").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "second_factor_rejected", status: 401 });
    await expect(session.fetch("api/v1/devices")).rejects.toBe(error);
    await sessionsOf(server, 0);
    expect([server.loginAttempts, server.logins]).toEqual([1, 0]);
    await session.renew();
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
  });

  it("makes one login if no second factor is configured", async () => {
    const { server, open } = await start();
    const session = open();
    const error = await session.fetch("api/v1/devices").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "second_factor_required", methods: [{ type: "totp" }] });
    await sessionsOf(server, 0);
    expect(paths(server)).toEqual(["dologin", "auth", "logout"]);
    server.clearRequests();
    for (let call = 0; call < 3; call++) await expect(session.fetch("api/v1/devices")).rejects.toBe(error);
    expect([server.requests.length, server.loginAttempts, server.sessions]).toEqual([0, 1, 0]);
  });

  it("is not asked for a code if it must enrol first", async () => {
    const { server, open } = await start({ account: { ...account, mustEnrol: true } });
    const { secondFactor, challenges } = reading(server);
    await expect(open({ secondFactor }).login()).rejects.toMatchObject({
      code: "second_factor_required",
      message: expect.stringContaining("enrol"),
    });
    await sessionsOf(server, 0);
    expect([challenges.length, server.loginAttempts]).toEqual([0, 1]);
  });

  it("is asked again if the code came after the login had expired", async () => {
    const { server, open } = await start({ lifetime: 600_000 });
    const challenges: unknown[] = [];
    const secondFactor: SecondFactor = async ({ account, attempt, last }) => {
      challenges.push([attempt, last]);
      if (attempt === 1) server.clock.advance(600_000);
      return { method: "totp", code: await server.totpCode(account) };
    };
    const session = open({ secondFactor });
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect(challenges).toEqual([
      [1, undefined],
      [2, "late"],
    ]);
    expect([server.loginAttempts, server.logins]).toEqual([2, 1]);
  });
});

describe('totpPlacement: "login"', () => {
  it("sends the code with the login", async () => {
    const { server, open } = await start();
    const { secondFactor, challenges } = reading(server);
    const session = open({ totpPlacement: "login", secondFactor });
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect(paths(server)).toEqual(["dologin", "auth", "devices"]);
    expect(challenges).toHaveLength(1);
  });

  it("sends a rejected password and code once", async () => {
    const { server, open } = await start();
    const { secondFactor } = reading(server, "000000", "000000");
    const session = open({ totpPlacement: "login", secondFactor });
    for (let call = 0; call < 3; call++) {
      await expect(session.fetch("api/v1/devices")).rejects.toMatchObject({ code: "invalid_credentials" });
    }
    expect(server.loginAttempts).toBe(1);
  });

  it("fails without a retry if the deployment expects the code elsewhere", async () => {
    const { server, open } = await start({ codeInLogin: false });
    const session = open({ totpPlacement: "login", secondFactor: reading(server).secondFactor });
    for (let call = 0; call < 2; call++) {
      await expect(session.fetch("api/v1/devices")).rejects.toMatchObject({ code: "second_factor_required" });
    }
    await sessionsOf(server, 0);
    expect(server.loginAttempts).toBe(1);
  });
});

describe("a pending question for a code", () => {
  it("is shared by two sessions with one store", async () => {
    const { server, open } = await start();
    const { secondFactor, challenges } = reading(server);
    const store = memoryStore();
    const sessions = [open({ store, secondFactor }), open({ store, secondFactor })];
    const calls = sessions.map((session) => session.fetch("api/v1/devices"));
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
    expect([challenges.length, server.loginAttempts]).toEqual([1, 1]);
  });

  it("is cancelled when the last caller aborts, and the open session is signed out", async () => {
    const { server, open } = await start();
    const { secondFactor, asked } = thinking(server);
    const session = open({ secondFactor });
    const leaving = new AbortController();
    const call = session.fetch("api/v1/devices", { signal: leaving.signal });
    const { signal } = await asked;
    const reason = new Error("enough");
    leaving.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(signal.aborted).toBe(true);
    await sessionsOf(server, 0);
    expect(paths(server)).toEqual(["dologin", "auth", "logout"]);
  });

  it("is cancelled by logout(), and the open session is signed out", async () => {
    const { server, open } = await start();
    const { secondFactor, asked } = thinking(server);
    const session = open({ secondFactor });
    const call = session.fetch("api/v1/devices");
    call.catch(() => {});
    const { signal } = await asked;
    await session.logout();
    await expect(call).rejects.toMatchObject({ code: "session_closed" });
    expect([signal.aborted, server.sessions]).toEqual([true, 0]);
    await expect(session.fetch("api/v1/devices")).rejects.toMatchObject({ code: "session_closed" });
    expect(paths(server)).toEqual(["dologin", "auth", "logout"]);
  });
});

it("a login that times out before the vendor returns what it requires is signed out", async () => {
  const { server, open } = await start();
  server.script({ when: ({ path }) => path.endsWith("/auth"), stall: "before-headers" });
  await expect(open({ timeout: 2_000 }).login()).rejects.toMatchObject({ code: "vendor_unavailable" });
  await sessionsOf(server, 0);
  expect(paths(server)).toEqual(["dologin", "auth", "logout"]);
});

describe("a renewal in the background", () => {
  const LIFE = { lifetime: 3_600_000, maxAge: 3600 };

  it("asks no person: the session is used until it expires, and the next call asks", async () => {
    const { server, open } = await start(LIFE);
    const { secondFactor, challenges } = reading(server);
    const session = open({ secondFactor });
    await session.login();
    const failed = new Promise<{ readonly error: unknown }>((resolve) => session.on("renewal_failed", resolve));
    server.clock.advance(0.98 * LIFE.lifetime);
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect((await failed).error).toMatchObject({ code: "second_factor_required" });
    await sessionsOf(server, 1);
    server.clearRequests();
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect([paths(server), challenges.length, server.sessions]).toEqual([["devices"], 1, 1]);
    server.clock.advance(100_000);
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect([challenges.length, server.logins]).toEqual([2, 2]);
  });

  it("calls a `secondFactor` that needs no person", async () => {
    const { server, open } = await start(LIFE);
    const { secondFactor, challenges } = reading(server);
    const session = open({ secondFactor: nonInteractive(secondFactor) });
    await session.login();
    const renewed = new Promise((resolve) => session.on("renewed", resolve));
    server.clock.advance(0.98 * LIFE.lifetime);
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    await renewed;
    server.clock.advance(100_000);
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect([challenges.length, server.logins]).toEqual([2, 2]);
  });
});

it("errors and events contain no code, cookie or password", async () => {
  const { server, open } = await start({
    clock: createClock(Date.UTC(2030, 0, 1)),
    rotateAtCode: "end-old",
    wrongCodeStatus: 403,
    maxAge: 3600,
  });
  const seen: unknown[] = [];
  const codes = ["111111", "222222", "333333"];
  const sessions = [
    open({ secondFactor: reading(server, ...codes).secondFactor }),
    open({ secondFactor: reading(server, ...codes).secondFactor, totpPlacement: "login" }),
    open({ secondFactor: reading(server, "444444").secondFactor }),
    open(),
  ];
  for (const session of sessions) {
    for (const type of ["login", "renewed", "renewal_failed", "rejected", "rotated", "logout"] as const) {
      session.on(type, (event) => void seen.push(event));
    }
    await session.login().catch((error: unknown) => seen.push(error));
    seen.push(session.info, session);
    await session.logout();
  }
  const cookies = server.requests.flatMap(({ headers }) => /va=(.+)/.exec(headers.get("cookie") ?? "")?.[1] ?? []);
  const right = await server.totpCode(account.username);
  const text = inspect(seen, { depth: 12, showHidden: true }) + JSON.stringify(seen);
  for (const secret of [...codes, "444444", right, ...cookies, account.password, account.totpSecret ?? ""]) {
    expect(text).not.toContain(secret);
  }
  expect([cookies.length > 5, seen.length > 8]).toEqual([true, true]);
});
