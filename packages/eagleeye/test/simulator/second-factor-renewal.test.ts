import { memoryStore, nonInteractive } from "@vms/core";
import { describe, expect, it } from "vitest";
import { authorizedTokens, human, served, silent } from "./simulated-vendor.ts";

const _methods = [
  { type: "sms", hint: "*** *** 779" },
  { type: "email", hint: "****@mail.example" },
];

describe("a pending question for a code", () => {
  it("continues if one caller aborts, and is cancelled if the last one does", async () => {
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

  it("is cancelled by logout(), and login() asks again", async () => {
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

  it("fails the login with the function's error", async () => {
    const { newSession } = await served();
    const reason = new Error("nobody is at the desk");
    await expect(newSession({ secondFactor: () => Promise.reject(reason) }).login()).rejects.toBe(reason);
  });
});

describe("the remembered tfa_key", () => {
  it.each(["parameter", "cookie"] as const)(
    "as a %s lets a new session object sign in without a code",
    async (rememberTokenPlacement) => {
      const { server, newSession } = await served({ rememberTokenPlacement });
      const store = memoryStore();
      const { asked, secondFactor } = human(server);
      await newSession({ store, secondFactor, rememberTokenPlacement }).login();
      server.revokeAll();
      const session = newSession({ store, rememberTokenPlacement });
      expect((await session.fetch("g/user")).status).toBe(200);
      server.revokeAll();
      expect((await session.fetch("g/user")).status).toBe(200);
      expect(asked).toHaveLength(1);
      expect([server.logins, server.inbox.length]).toEqual([3, 1]);
    },
  );

  it("is not sent with a call", async () => {
    const { server, newSession } = await served();
    const session = newSession({ secondFactor: human(server).secondFactor });
    await session.fetch("g/user");
    await session.isAuthenticated();
    await session.logout();
    const after = server.requests.slice(3);
    expect(after).toHaveLength(3);
    for (const { url, body, headers } of after) {
      expect(headers.get("cookie")).toMatch(/^auth_key=[^;]+$/);
      expect(url + body).not.toContain("tfa");
    }
  });

  it("is replaced after one code if the vendor no longer accepts it", async () => {
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

  it("allows a background renewal without a code", async () => {
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
  it("asks no person: the session is used until it expires, and the next call asks", async () => {
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

  it("calls a `secondFactor` that needs no person", async () => {
    const { server, newSession } = await served({ setsTfaKey: false });
    const { asked, secondFactor } = human(server);
    const session = newSession({ secondFactor: nonInteractive(secondFactor), lifetime: 3_600_000 });
    await session.fetch("g/user");
    server.clock.advance(3_550_000);
    const renewed = new Promise((resolve) => session.on("renewed", resolve));
    await session.fetch("g/user");
    await renewed;
    expect(asked).toHaveLength(2);
  });
});
