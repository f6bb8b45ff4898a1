import type { SecondFactor, SecondFactorChallenge } from "@vms/core";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  code,
  failureOf,
  host,
  newSession,
  onAuth,
  onDologin,
  onLogin,
  onLogout,
  onTotp,
  onZones,
  owes,
  password,
  START,
  setsVa,
  showsSecret,
  useNock,
  username,
  va1,
  va2,
} from "./vendor.ts";

useNock();

/** Answers with these codes, one after the other, and notes what it was told. */
function answering(...codes: string[]) {
  const told: SecondFactorChallenge[] = [];
  const secondFactor: SecondFactor = (challenge) => {
    told.push(challenge);
    return { method: "totp", code: codes[told.length - 1] ?? "000000" };
  };
  return { secondFactor, told };
}

/** Expects a login that owes a code. */
function onOwing(va: string = va1, attributes: string = ""): void {
  onDologin(200, {}, setsVa(va, attributes));
  onAuth(va).reply(200, owes("code"));
}

const zonesOf = async (session: ReturnType<typeof newSession>) => (await session.fetch("api/v1/alarmZones")).status;

describe("what is owed after the login", () => {
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
  ])("is nothing where the vendor answers with %s", async (_, status, body) => {
    onDologin(200, {}, setsVa());
    onAuth().reply(status, body, status === 302 ? { location: "/login" } : {});
    onZones(va1).reply(200, []);
    expect(await zonesOf(newSession({ secondFactor: answering(code).secondFactor }))).toBe(200);
  });

  it("is asked with the new cookie, as JSON", async () => {
    onDologin(200, {}, setsVa());
    onAuth().matchHeader("accept", "application/json").reply(200, owes());
    await newSession().login();
  });

  it("may be told with a new cookie, which is used from then on", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(200, owes("code"), setsVa(va2));
    onTotp(code, va2).reply(200);
    onZones(va2).reply(200, []);
    expect(await zonesOf(newSession(answering(code)))).toBe(200);
  });

  it("is asked again after a 5xx and a network fault, and the password is not sent a second time", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(503);
    onAuth().replyWithError("gone");
    onAuth().reply(200, owes());
    onZones(va1).reply(200, []);
    expect(await zonesOf(newSession())).toBe(200);
  });

  it.each([
    ["too often", 3, 503, {}],
    ["once, for longer than is waited for", 1, 429, { "retry-after": "120" }],
  ])("is not asked again where that failed %s: what is open is signed out", async (_, times, status, headers) => {
    onDologin(200, {}, setsVa());
    onAuth().times(times).reply(status, {}, headers);
    onLogout().reply(200);
    const session = newSession();
    expect(await failureOf(session)).toMatchObject({ status });
    onLogin(200, {}, setsVa(va2));
    await session.login();
    onZones(va2).reply(200, []);
    expect(await zonesOf(session)).toBe(200);
  });

  it.each(["login()", "logout() and login()"])(
    "is not asked by another login, made by %s, which ends what the one before left",
    async (how) => {
      const leaving = new AbortController();
      onDologin(200, {}, setsVa());
      onAuth().reply(503);
      // Its wait is a random part of this: never over before it is left, and never longer than the login may take.
      const session = newSession({
        timeout: 2_000_000_000,
        retry: { minDelay: 1_000_000_000, maxDelay: 1_000_000_000 },
      });
      const left = session.login({ signal: leaving.signal }).catch((error: unknown) => error);
      await expect.poll(() => nock.isDone()).toBe(true);
      // By then it waits for its next try.
      await new Promise((resolve) => setTimeout(resolve, 50));
      leaving.abort(new Error("enough"));
      expect(await left).toMatchObject({ message: "enough" });
      if (how !== "login()") await session.logout();
      onLogout().reply(200);
      onLogin(200, {}, setsVa(va2));
      await session.login();
      onZones(va2).reply(200, []);
      expect(await zonesOf(session)).toBe(200);
    },
  );

  it("is asked of a new login where the vendor has ended the one before", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(503);
    onAuth().reply(401);
    onLogin(200, {}, setsVa(va2));
    onZones(va2).reply(200, []);
    expect(await zonesOf(newSession())).toBe(200);
  });

  it("is not asked with the cookie of other credentials", async () => {
    let now = { username, password };
    onDologin(200, {}, setsVa());
    onAuth().reply(503);
    const session = newSession({ credentials: () => now, retry: { attempts: 1 } });
    expect(await failureOf(session)).toMatchObject({ code: "vendor_unavailable", status: 503 });
    now = { username, password: "changed-meanwhile" };
    nock(host).post("/api/v1/dologin", now).reply(200, {}, setsVa(va2));
    onAuth(va2).reply(200, owes());
    expect((await session.login()).account).toBe(username);
  });
});

describe("a code", () => {
  it("is posted to api/v1/totp with an empty name, and an empty answer is good", async () => {
    onOwing();
    onTotp(code).matchHeader("content-type", "application/json").reply(200);
    onZones(va1).reply(200, []);
    const { secondFactor, told } = answering(` ${code.slice(0, 3)} ${code.slice(3)} `);
    expect(await zonesOf(newSession({ secondFactor }))).toBe(200);
    expect(told).toEqual([expect.objectContaining({ account: username, methods: [{ type: "totp" }], attempt: 1 })]);
  });

  it.each([
    [200, {}],
    [302, { location: "/home" }],
  ])("may be answered %i with a new cookie, which is used from then on", async (status, headers) => {
    onOwing();
    onTotp(code).reply(status, undefined, { ...headers, ...setsVa(va2, "; Max-Age=600") });
    const session = newSession(answering(code));
    expect((await session.login()).expiresAt).toBe(START + 600_000);
    onZones(va2).reply(200, []);
    expect(await zonesOf(session)).toBe(200);
  });

  it.each([400, 401, 403])("is asked for again where it is answered %i", async (status) => {
    onOwing();
    onTotp("000000").reply(status, { error: code });
    if (status === 401) onAuth().reply(200, owes("code"));
    onTotp(code).reply(200);
    const { secondFactor, told } = answering("000000", code);
    await newSession({ secondFactor }).login();
    expect(told.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, "wrong"],
    ]);
  });

  it("is asked for three times at most; then what is open is signed out, and nothing more is sent", async () => {
    onOwing();
    for (const wrong of ["111111", "222222", "333333"]) onTotp(wrong).reply(403, { error: wrong });
    onLogout().reply(200);
    const { secondFactor, told } = answering("111111", "222222", "333333");
    const session = newSession({ secondFactor });
    const error = await failureOf(session);
    expect(error).toMatchObject({ code: "second_factor_rejected", status: 403, retryable: false });
    expect((error as Error).message).toMatch(/^\[@vms\/alta\] the vendor refused the code .*`renew\(\)`/);
    expect(showsSecret(error)).toBe(false);
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(told).toHaveLength(3);
  });

  it("that came after the login's end is asked for again, for a new login", async () => {
    onOwing();
    onTotp("111111").reply(401);
    onAuth().reply(401);
    onOwing(va2);
    onTotp(code, va2).reply(200);
    const { secondFactor, told } = answering("111111", code);
    const session = newSession({ secondFactor });
    await session.login();
    expect(told.map(({ last }) => last)).toEqual([undefined, "late"]);
    onZones(va2).reply(200, []);
    expect(await zonesOf(session)).toBe(200);
  });

  it("is not sent where the new login owes none any more", async () => {
    onOwing();
    onTotp("111111").reply(401);
    onAuth().reply(401);
    onLogin(200, {}, setsVa(va2));
    expect((await newSession(answering("111111", code)).login()).account).toBe(username);
  });

  it("that is late each time is said to be late", async () => {
    for (const late of ["111111", "222222", "333333"]) {
      onOwing();
      onTotp(late).reply(401);
      onAuth().reply(401);
    }
    onLogout().reply(401);
    const error = await failureOf(newSession(answering("111111", "222222", "333333")));
    expect(error).toMatchObject({ code: "second_factor_rejected", status: 401 });
    expect((error as Error).message).toContain("too late");
  });

  it("is not asked for again where the vendor took it, and only its answer was lost", async () => {
    onOwing();
    onTotp(code).replyWithError("gone");
    onAuth().reply(200, owes());
    const { secondFactor, told } = answering(code);
    const session = newSession({ secondFactor });
    await session.login();
    expect(told).toHaveLength(1);
    onZones(va1).reply(200, []);
    expect(await zonesOf(session)).toBe(200);
  });

  it("is asked for again where it met a 5xx and is owed still, without a new login", async () => {
    onOwing();
    onTotp("111111").reply(503);
    onAuth().reply(200, owes("code"));
    onTotp(code).reply(200);
    const { secondFactor, told } = answering("111111", code);
    await newSession({ secondFactor }).login();
    expect(told.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it.each([404, 302])("that is answered %i ends in unexpected_response, and signs out what is open", async (status) => {
    onOwing();
    onTotp(code).reply(status, code, { location: "/elsewhere" });
    onLogout().reply(200);
    const error = await failureOf(newSession(answering(code)));
    expect(error).toMatchObject({ code: "unexpected_response", status });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("without a code", () => {
  it("the login fails with second_factor_required once, is signed out, and is not tried again", async () => {
    onOwing();
    onLogout().reply(200);
    const session = newSession();
    const error = await failureOf(session);
    expect(error).toMatchObject({ code: "second_factor_required", methods: [{ type: "totp" }], retryable: false });
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(await failureOf(session)).toBe(error);
  });

  it.each<[string, (logout: nock.Interceptor) => nock.Scope]>([
    ["a 500", (logout) => logout.reply(500)],
    ["no answer", (logout) => logout.replyWithError("gone")],
    ["silence", (logout) => logout.delay(120_000).reply(200)],
  ])("the sign-out of what is open does not hide that, also where it meets %s", async (_, meets) => {
    onOwing();
    meets(onLogout());
    expect(await failureOf(newSession())).toMatchObject({ code: "second_factor_required" });
    nock.abortPendingRequests();
  });

  it("an account that must enrol is told so, also where a code could be given", async () => {
    onDologin(200, {}, setsVa());
    onAuth().reply(200, { mfaResetRequired: true, mfaChallengeRequired: true });
    onLogout().reply(200);
    const { secondFactor, told } = answering(code);
    const session = newSession({ secondFactor });
    const error = await failureOf(session);
    expect(error).toMatchObject({ code: "second_factor_required", methods: [{ type: "totp" }] });
    expect((error as Error).message).toMatch(/enrol .*web page/);
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(told).toHaveLength(0);
  });

  it("the error of the function itself is the login's, and what is open is signed out", async () => {
    onOwing();
    onLogout().reply(200);
    const cancelled = new Error("cancelled by the user");
    const session = newSession({ secondFactor: () => Promise.reject(cancelled) });
    expect(await failureOf(session)).toBe(cancelled);
  });
});

describe("the end of a session whose code took a while", () => {
  const after = (wait: number) => {
    let now = START;
    const secondFactor: SecondFactor = () => {
      now += wait;
      return { method: "totp", code };
    };
    return newSession({ secondFactor, now: () => now });
  };

  it("is counted from the login that gave the cookie", async () => {
    onOwing(va1, "; Max-Age=3600");
    onTotp(code).reply(200);
    expect(await after(600_000).login()).toMatchObject({
      issuedAt: START + 600_000,
      expiresAt: START + 3_600_000,
    });
  });

  it("is counted from the code where that brought a cookie of its own", async () => {
    onOwing(va1, "; Max-Age=3600");
    onTotp(code).reply(200, undefined, setsVa(va2, "; Max-Age=3600"));
    expect((await after(600_000).login()).expiresAt).toBe(START + 600_000 + 3_600_000);
  });

  it("is a minute away at least, because the vendor has just taken the cookie", async () => {
    onOwing(va1, "; Max-Age=3600");
    onTotp(code).reply(200);
    expect((await after(4_000_000).login()).expiresAt).toBe(START + 4_000_000 + 60_000);
  });

  it("is not made later where the whole lifetime is shorter than that", async () => {
    onOwing(va1, "; Max-Age=10");
    onTotp(code).reply(200);
    expect((await after(4_000_000).login()).expiresAt).toBe(START + 4_000_000 + 10_000);
  });

  it("is where Expires says", async () => {
    onOwing(va1, "; Expires=Tue, 01 Jan 2030 03:00:00 GMT");
    onTotp(code).reply(200);
    expect((await after(600_000).login()).expiresAt).toBe(START + 3 * 3_600_000);
  });
});

describe('with codeIn: "login"', () => {
  const codeIn = "login" as const;
  const onCode = (given: string) => nock(host).post("/api/v1/dologin", { username, password, code: given });

  it("the code is asked for first, and goes into the login's body", async () => {
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(200, owes());
    onZones(va1).reply(200, []);
    const { secondFactor, told } = answering(code);
    expect(await zonesOf(newSession({ codeIn, secondFactor }))).toBe(200);
    expect(told).toHaveLength(1);
  });

  it("a 401 may mean either, is told as invalid_credentials, and is not tried again", async () => {
    onCode(code).reply(401, { error: `${code} ${password}` });
    const { secondFactor, told } = answering(code);
    const session = newSession({ codeIn, secondFactor });
    const error = await failureOf(session);
    expect(error).toMatchObject({ code: "invalid_credentials", status: 401, retryable: false });
    expect((error as Error).message).toMatch(/user name, the password or the code .*`credentials`.*`secondFactor`/);
    expect(showsSecret(error)).toBe(false);
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(told).toHaveLength(1);
  });

  it("a login that met a 503 asks for a new code, because the old one may be used up", async () => {
    onCode("111111").reply(503);
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(200, owes());
    const { secondFactor, told } = answering("111111", code);
    await newSession({ codeIn, secondFactor }).login();
    expect(told.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it("no code is asked for again where the login had succeeded", async () => {
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(503);
    onAuth().reply(200, owes());
    const { secondFactor, told } = answering(code);
    await newSession({ codeIn, secondFactor }).login();
    expect(told).toHaveLength(1);
  });

  it("a deployment that does not take the code so is told apart, and nothing is tried again", async () => {
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(200, owes("code"));
    onLogout().reply(200);
    const session = newSession({ codeIn, secondFactor: answering(code).secondFactor });
    const error = await failureOf(session);
    expect(error).toMatchObject({ code: "second_factor_required" });
    expect((error as Error).message).toContain("`codeIn`");
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
  });

  it("the end of the session is counted from the login, which came after the code", async () => {
    let now = START;
    onCode(code).reply(200, {}, setsVa(va1, "; Max-Age=3600"));
    onAuth().reply(200, owes());
    const secondFactor: SecondFactor = () => {
      now += 600_000;
      return { method: "totp", code };
    };
    const session = newSession({ codeIn, secondFactor, now: () => now });
    expect((await session.login()).expiresAt).toBe(START + 600_000 + 3_600_000);
  });
});
