import { inspect } from "node:util";
import { memoryStore } from "@vms/core";
import { describe, expect, it } from "vitest";
import { authorizedTokens, human, newestCode, robin, served, steps, wrongCode } from "./simulated-vendor.ts";

const methods = [
  { type: "sms", hint: "*** *** 779" },
  { type: "email", hint: "****@mail.example" },
];

describe("a code", () => {
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

  it.each([false, true])("that is wrong is asked for again, and uses up its token: %s", async (spends) => {
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

  it.each([false, true])(
    "that is wrong three times fails the login, and the user is not locked: %s",
    async (spends) => {
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
    },
  );

  it("that is the fourth wrong one locks the user, and nothing more is sent", async () => {
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

  it("is not asked for if the user is already locked", async () => {
    const { server, newSession } = await served({ account: { ...robin, state: "locked" } });
    const { asked, secondFactor } = human(server);
    const session = newSession({ secondFactor });
    await expect(session.login()).rejects.toMatchObject({ code: "account_unavailable", status: 412 });
    await expect(session.login()).rejects.toMatchObject({ code: "account_unavailable", status: 412 });
    expect(asked).toEqual([]);
    expect(server.loginAttempts).toBe(1);
  });

  it("is asked for again, and not sent, after its token has expired", async () => {
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

  it("that only the vendor considers late is asked for again", async () => {
    const { server, newSession } = await served({ tokenLifetime: 600_000 });
    const { asked, secondFactor } = human(server, ({ attempt }) => {
      if (attempt === 1) server.clock.advance(600_001);
      return newestCode(server);
    });
    await newSession({ secondFactor }).login();
    expect(asked.map(({ last }) => last)).toEqual([undefined, "late"]);
    expect(new Set(authorizedTokens(server)).size).toBe(2);
  });

  it.each([412, 415] as const)("is sent by e-mail if it cannot be sent by sms (%i)", async (status) => {
    const { server, newSession } = await served({ cannotSend: { sms: status } });
    const { asked, secondFactor } = human(server);
    await newSession({ secondFactor }).login();
    expect(asked).toMatchObject([{ sent: "email" }]);
    expect(server.inbox.map(({ type }) => type)).toEqual(["email"]);
    expect(steps(server)).toEqual(["authenticate", "two_factor_authenticate", "two_factor_authenticate", "authorize"]);
  });

  it("is sent by another method on request, and a failure is reported", async () => {
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

  it("is not offered by sms if the user has no phone", async () => {
    const { server, newSession } = await served({
      account: { ...robin, secondFactor: { email: "robin@mail.example" } },
    });
    const { asked, secondFactor } = human(server);
    await newSession({ secondFactor }).login();
    expect(asked).toMatchObject([{ sent: "email", methods: [{ type: "email", hint: "****@mail.example" }] }]);
  });

  it("whose response was lost is replaced, with its token, in the next attempt", async () => {
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

  it("that cannot be asked for is second_factor_required, with the methods and their hints", async () => {
    const { server, newSession } = await served();
    const session = newSession();
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_required", methods });
    await expect(session.fetch("g/user")).rejects.toMatchObject({ code: "second_factor_required" });
    expect(server.inbox).toEqual([]);
    expect(server.loginAttempts).toBe(1);
  });

  it("is asked for once by several calls and sessions with one store", async () => {
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

  it("can take longer than `timeout`", async () => {
    const { server, newSession } = await served();
    const { secondFactor } = human(server, async () => {
      server.clock.advance(600_000);
      return newestCode(server);
    });
    await newSession({ secondFactor, timeout: 5_000 }).login();
    expect(server.logins).toBe(1);
  });
});

it("over sockets, a login and its errors contain no password, token or session id", async () => {
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
