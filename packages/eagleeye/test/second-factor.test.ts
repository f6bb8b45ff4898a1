import { inspect } from "node:util";
import { memoryStore, unattended } from "@vms/core";
import { describe, expect, it } from "vitest";
import { authorizedTokens, human, newestCode, robin, served, silent, steps, wrongCode } from "./simulated.ts";

const methods = [
  { type: "sms", hint: "*** *** 779" },
  { type: "email", hint: "****@mail.example" },
];

describe("over sockets, a code", () => {
  it.each(["form", "json"] as const)("that is right signs in, by %s", async (body) => {
    const { server, newSession } = await served();
    const { asked, secondFactor } = human(server);
    const session = newSession({ secondFactor, body });
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(steps(server)).toEqual(["authenticate", "two_factor_authenticate", "authorize", "user"]);
    expect(asked).toMatchObject([{ account: robin.username, methods, attempt: 1, sent: "sms" }]);
    await session.logout();
    expect(server.sessions).toBe(0);
  });

  it.each([false, true])("that is wrong is asked for again, where it spends its token: %s", async (spends) => {
    const { server, newSession } = await served({ wrongCodeSpendsToken: spends });
    const { asked, secondFactor } = human(server, ({ attempt }) =>
      attempt === 1 ? wrongCode(server) : newestCode(server),
    );
    await newSession({ secondFactor }).login();
    expect(asked.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, "wrong"],
    ]);
    expect(server.inbox).toHaveLength(2);
    expect(new Set(authorizedTokens(server)).size).toBe(2);
    expect(server.sessions).toBe(1);
  });

  it.each([false, true])("that is wrong three times ends it, and the user is not locked: %s", async (spends) => {
    const { server, newSession } = await served({ wrongCodeSpendsToken: spends });
    const { asked, secondFactor } = human(server, () => wrongCode(server));
    const session = newSession({ secondFactor });
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_rejected", status: 406 });
    const sent = server.requests.length;
    await expect(session.fetch("g/user")).rejects.toMatchObject({ code: "second_factor_rejected" });
    expect(server.requests).toHaveLength(sent);
    expect(asked).toHaveLength(3);
    expect(new Set(authorizedTokens(server)).size).toBe(3);
    await newSession({ secondFactor: human(server).secondFactor }).login();
  });

  it("that is the fourth wrong one locks the user: that is final, and nothing more is sent", async () => {
    const { server, newSession } = await served();
    const { asked, secondFactor } = human(server, () => wrongCode(server));
    const session = newSession({ secondFactor });
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_rejected" });
    const locked = { code: "account_unavailable", reason: "locked", status: 429, retryable: false };
    await expect(session.renew()).rejects.toMatchObject(locked);
    const sent = server.requests.length;
    await expect(session.fetch("g/user")).rejects.toMatchObject(locked);
    await expect(session.login()).rejects.toMatchObject(locked);
    expect(server.requests).toHaveLength(sent);
    expect(asked).toHaveLength(4);
  });

  it("is not tried where the user is locked already", async () => {
    const { server, newSession } = await served({ account: { ...robin, state: "locked" } });
    const { asked, secondFactor } = human(server);
    await expect(newSession({ secondFactor }).login()).rejects.toMatchObject({ reason: "locked" });
    expect(asked).toHaveLength(1);
    expect(authorizedTokens(server)).toHaveLength(1);
  });

  it("after its token's end is not sent, but asked for again", async () => {
    const { server, newSession } = await served();
    const { asked, secondFactor } = human(server, ({ attempt }) => {
      if (attempt === 1) server.clock.advance(900_001);
      return newestCode(server);
    });
    await newSession({ secondFactor }).login();
    expect(asked.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, "late"],
    ]);
    expect(authorizedTokens(server)).toHaveLength(1);
    expect(server.inbox).toHaveLength(2);
  });

  it("that only the vendor holds for late is asked for again", async () => {
    const { server, newSession } = await served({ tokenLifetime: 600_000 });
    const { asked, secondFactor } = human(server, ({ attempt }) => {
      if (attempt === 1) server.clock.advance(600_001);
      return newestCode(server);
    });
    await newSession({ secondFactor }).login();
    expect(asked.map(({ last }) => last)).toEqual([undefined, "late"]);
    expect(new Set(authorizedTokens(server)).size).toBe(2);
  });

  it.each([412, 415] as const)("goes by e-mail where it cannot go by sms (%i)", async (status) => {
    const { server, newSession } = await served({ cannotSend: { sms: status } });
    const { asked, secondFactor } = human(server);
    await newSession({ secondFactor }).login();
    expect(asked).toMatchObject([{ sent: "email" }]);
    expect(server.inbox.map(({ type }) => type)).toEqual(["email"]);
    expect(steps(server)).toEqual(["authenticate", "two_factor_authenticate", "two_factor_authenticate", "authorize"]);
  });

  it("goes by another way when somebody asks for that, and where that fails, says so", async () => {
    const { server, newSession } = await served({ cannotSend: { email: 412 } });
    const failures: unknown[] = [];
    const { secondFactor } = human(server, async ({ send }) => {
      await send("email").catch((error: unknown) => failures.push(error));
      await send("sms");
      return newestCode(server);
    });
    await newSession({ secondFactor }).login();
    expect(failures).toMatchObject([{ code: "invalid_request", message: expect.stringContaining("by email") }]);
    expect(server.inbox.map(({ type }) => type)).toEqual(["sms", "sms"]);
    expect(server.loginAttempts).toBe(1);
  });

  it("is not offered by sms where the user has no phone", async () => {
    const { server, newSession } = await served({
      account: { ...robin, secondFactor: { email: "robin@mail.example" } },
    });
    const { asked, secondFactor } = human(server);
    await newSession({ secondFactor }).login();
    expect(asked).toMatchObject([{ sent: "email", methods: [{ type: "email", hint: "****@mail.example" }] }]);
  });

  it("whose answer was lost is spent with its token: both are new in the next try", async () => {
    const { server, newSession } = await served();
    server.script({ when: ({ path }) => path.endsWith("/authorize"), after: true, drop: "before-headers" });
    const { asked, secondFactor } = human(server);
    await newSession({ secondFactor }).login();
    expect(asked.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
    expect(new Set(authorizedTokens(server)).size).toBe(2);
  });

  it("that nobody can be asked for is second_factor_required, with the ways and their hints", async () => {
    const { server, newSession } = await served();
    const session = newSession();
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_required", methods });
    await expect(session.fetch("g/user")).rejects.toMatchObject({ code: "second_factor_required" });
    expect(server.inbox).toEqual([]);
    expect(server.loginAttempts).toBe(1);
  });

  it("is asked for once, however many calls and sessions of one store wait for it", async () => {
    const { server, newSession } = await served();
    const given = Promise.withResolvers<string>();
    const store = memoryStore();
    const people = [1, 2].map(() => human(server, () => given.promise));
    const sessions = people.map(({ secondFactor }) => newSession({ store, secondFactor }));
    const calls = sessions.flatMap((session) => [1, 2, 3].map(() => session.fetch("g/user")));
    await Promise.race(people.map(({ beingAsked }) => beingAsked));
    given.resolve(newestCode(server));
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(people.flatMap(({ asked }) => asked)).toHaveLength(1);
    expect([server.logins, server.loginAttempts, server.inbox.length]).toEqual([1, 1, 1]);
  });

  it("may take longer than `timeout`", async () => {
    const { server, newSession } = await served();
    const { secondFactor } = human(server, async () => {
      server.clock.advance(600_000);
      return newestCode(server);
    });
    await newSession({ secondFactor, timeout: 5_000 }).login();
    expect(server.logins).toBe(1);
  });
});

describe("while somebody is being asked", () => {
  it("a caller that leaves leaves alone, and the last one takes the question back", async () => {
    const { server, newSession } = await served();
    const first = human(server, silent);
    let answer = first.secondFactor;
    const session = newSession({ secondFactor: (challenge) => answer(challenge) });
    const [one, two] = [new AbortController(), new AbortController()];
    const calls = [one, two].map(({ signal }) => session.fetch("g/user", { signal }));
    const { signal } = await first.beingAsked;
    one.abort(new Error("one has left"));
    await expect(calls[0]).rejects.toThrow("one has left");
    expect(signal.aborted).toBe(false);
    two.abort(new Error("two has left"));
    await expect(calls[1]).rejects.toThrow("two has left");
    expect(signal.aborted).toBe(true);
    answer = human(server).secondFactor;
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(server.logins).toBe(1);
  });

  it("logout() ends the login at once, and login() asks again", async () => {
    const { server, newSession } = await served();
    const first = human(server, silent);
    let answer = first.secondFactor;
    const session = newSession({ secondFactor: (challenge) => answer(challenge) });
    const call = session.fetch("g/user");
    const { signal } = await first.beingAsked;
    const refused = expect(call).rejects.toMatchObject({ code: "session_closed" });
    await session.logout();
    await refused;
    expect(signal.aborted).toBe(true);
    expect(authorizedTokens(server)).toEqual([]);
    answer = human(server).secondFactor;
    await session.login();
    expect(server.sessions).toBe(1);
  });

  it("what the function throws is what the login fails with", async () => {
    const { newSession } = await served();
    const reason = new Error("nobody is at the desk");
    await expect(newSession({ secondFactor: () => Promise.reject(reason) }).login()).rejects.toBe(reason);
  });
});

describe("the remembered tfa_key", () => {
  it.each(["parameter", "cookie"] as const)("as a %s spares the code of a new session object", async (tfaKeyIn) => {
    const { server, newSession } = await served({ tfaKeyIn });
    const store = memoryStore();
    const { asked, secondFactor } = human(server);
    await newSession({ store, secondFactor, tfaKeyIn }).login();
    server.revokeAll();
    const session = newSession({ store, tfaKeyIn });
    expect((await session.fetch("g/user")).status).toBe(200);
    server.revokeAll();
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(asked).toHaveLength(1);
    expect([server.logins, server.inbox.length]).toEqual([3, 1]);
  });

  it("goes with no call", async () => {
    const { server, newSession } = await served();
    const session = newSession({ secondFactor: human(server).secondFactor });
    await session.fetch("g/user");
    await session.isAuthenticated();
    await session.logout();
    const after = server.requests.slice(3);
    expect(after).toHaveLength(3);
    for (const { url, body, headers } of after) {
      expect(headers.get("cookie")).toMatch(/^videobank_sessionid=[^;]+$/);
      expect(url + body).not.toContain("tfa");
    }
  });

  it("that the vendor has forgotten costs one code, and is replaced by a new one", async () => {
    const { server, newSession } = await served();
    const store = memoryStore();
    const { asked, secondFactor } = human(server);
    await newSession({ store, secondFactor }).login();
    for (const forget of [true, false]) {
      if (forget) server.forgetTrustedKeys();
      server.revokeAll();
      const session = newSession({ store, secondFactor });
      expect((await session.fetch("g/user")).status).toBe(200);
      expect(asked).toHaveLength(2);
    }
  });

  it("renews in the background, and nobody is asked", async () => {
    const { server, newSession } = await served();
    const { asked, secondFactor } = human(server);
    const session = newSession({ secondFactor, lifetime: 3_600_000 });
    await session.fetch("g/user");
    server.clock.advance(3_550_000);
    const renewed = new Promise((resolve) => session.on("renewed", resolve));
    await session.fetch("g/user");
    expect(await renewed).toMatchObject({ by: "login" });
    expect(asked).toHaveLength(1);
  });
});

describe("a renewal in the background", () => {
  it("asks nobody: the session goes on to its end, and the next call asks", async () => {
    const { server, newSession } = await served({ setsTfaKey: false });
    const { asked, secondFactor } = human(server);
    const session = newSession({ secondFactor, lifetime: 3_600_000 });
    await session.fetch("g/user");
    server.clock.advance(3_550_000);
    const failed = new Promise((resolve) => session.on("renewal_failed", resolve));
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(await failed).toMatchObject({ error: { code: "second_factor_required" } });
    server.clock.advance(49_999);
    expect((await session.fetch("g/user")).status).toBe(200);
    expect([asked.length, server.inbox.length, server.logins]).toEqual([1, 1, 1]);
    server.clock.advance(1);
    expect((await session.fetch("g/user")).status).toBe(200);
    expect([asked.length, server.inbox.length, server.logins]).toEqual([2, 2, 2]);
  });

  it("asks what needs no human", async () => {
    const { server, newSession } = await served({ setsTfaKey: false });
    const { asked, secondFactor } = human(server);
    const session = newSession({ secondFactor: unattended(secondFactor), lifetime: 3_600_000 });
    await session.fetch("g/user");
    server.clock.advance(3_550_000);
    const renewed = new Promise((resolve) => session.on("renewed", resolve));
    await session.fetch("g/user");
    await renewed;
    expect(asked).toHaveLength(2);
  });
});

it("over sockets, no password, token or session id is shown by what a login tells", async () => {
  const { server, newSession } = await served();
  const seen: unknown[] = [];
  const person = human(server, ({ attempt }) => (attempt < 3 ? wrongCode(server) : newestCode(server)));
  const session = newSession({ secondFactor: person.secondFactor });
  for (const type of ["login", "renewed", "logout"] as const) session.on(type, (event) => seen.push(event));
  seen.push(await session.login(), session, ...person.asked);
  const record = memoryStore();
  const other = newSession({ store: record, secondFactor: human(server, () => wrongCode(server)).secondFactor });
  seen.push(await other.login().catch((error: unknown) => error));
  const text = inspect(seen, { depth: 10, showHidden: true }) + JSON.stringify(seen);
  const secrets = [robin.password, ...authorizedTokens(server).filter((token) => token !== null)];
  for (const { headers } of server.requests) secrets.push(...(headers.get("cookie")?.split("=").slice(1) ?? []));
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(text).not.toContain(secret);
});
