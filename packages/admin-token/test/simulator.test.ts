import { type AdminTokenServer, createAdminTokenServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { type AdminTokenOptions, createAdminTokenSession } from "../src/index.ts";

const FIRST = "api/admin/v1/admins?per_page=25&page=1";

async function start(server: AdminTokenServer, options: Partial<AdminTokenOptions> = {}) {
  return createAdminTokenSession({ ...(await serveSimulated(server)), ...options });
}

const paths = (server: AdminTokenServer) => server.requests.map(({ path }) => path.replace("/api/admin/v1/", ""));

describe("over sockets", () => {
  it.each([
    ["as documented", {}],
    ["a token with its scheme", { tokenWithPrefix: true }],
    ["an end in ISO 8601", { expiresAtFormat: "iso", timeZone: "Europe/Moscow" }],
  ] as const)("signs in, and makes the first data call: %s", async (_, behaviour) => {
    const server = createAdminTokenServer(behaviour);
    const session = await start(server);
    const { data } = await session.http.get(FIRST).json<{ data: { login: string }[] }>();
    expect(data[0]?.login).toBe(server.account.username);
    expect(await session.http.get(`api/admin/v1/admins/${session.info?.user.id}`).json()).toEqual(session.info?.user);
    expect(server.logins).toBe(1);
  });

  it("signs in once for several concurrent calls after all tokens were revoked", async () => {
    const server = createAdminTokenServer();
    const session = await start(server);
    await session.fetch(FIRST);
    server.revokeAll();
    const calls = [1, 101, 102].map((id) => session.fetch(`api/admin/v1/admins/${id}`));
    const admins = (await Promise.all(calls)).map((response) => response.json());
    expect(await Promise.all(admins)).toMatchObject([{ id: 1 }, { id: 101 }, { id: 102 }]);
    expect(server.loginAttempts).toBe(2);
  });

  it("notices a revoked token even if the caller accepts any type", async () => {
    const server = createAdminTokenServer();
    const session = await start(server);
    await session.login();
    server.revokeAll();
    const blob = await session.http.get("api/admin/v1/admins/1").blob();
    expect(JSON.parse(await blob.text())).toMatchObject({ id: 1 });
    expect(server.loginAttempts).toBe(2);
  });

  it.each(["UTC", "Europe/Moscow", "America/Lima"])(
    "signs in again without a rejection when the token has expired, with times in %s",
    async (timeZone) => {
      const server = createAdminTokenServer({ lifetime: 3_600_000, timeZone });
      const session = await start(server, { timeZone, renewBefore: 60_000 });
      await session.fetch(FIRST);
      server.clock.advance(3_000_000);
      await session.fetch(FIRST);
      server.clock.advance(600_000);
      server.clearRequests();
      expect((await session.fetch(FIRST)).status).toBe(200);
      expect(paths(server)).toEqual(["auth/token", "admins"]);
      expect(server.logins).toBe(2);
    },
  );

  it("works with one login even if the time zone is not the vendor's", async () => {
    const server = createAdminTokenServer({ lifetime: 3_600_000, timeZone: "America/Lima" });
    const session = await start(server);
    for (let call = 0; call < 2; call++) expect((await session.fetch(FIRST)).status).toBe(200);
    expect(server.logins).toBe(1);
  });

  it("removes the token at logout(), and sends nothing because the vendor has no logout", async () => {
    const server = createAdminTokenServer();
    const session = await start(server);
    await session.login();
    server.clearRequests();
    await session.logout();
    expect(server.requests).toHaveLength(0);
    await expect(session.fetch(FIRST)).rejects.toMatchObject({ code: "session_closed" });
    await session.login();
    expect(server.logins).toBe(2);
  });

  it.each([
    ["422", {}, "invalid_credentials"],
    ["401", { badCredentials: 401 }, "invalid_credentials"],
    ["a 422 about another field", { badCredentialsKeys: ["captcha"] }, "invalid_request"],
  ] as const)("sends wrong credentials once if the vendor returns %s", async (_, behaviour, code) => {
    const server = createAdminTokenServer(behaviour);
    const session = await start(server, { credentials: { ...server.account, password: "wrong" } });
    for (let call = 0; call < 3; call++) await expect(session.fetch(FIRST)).rejects.toMatchObject({ code });
    expect(server.loginAttempts).toBe(1);
  });

  it("reports the Retry-After if the vendor limits logins", async () => {
    const server = createAdminTokenServer({ throttle: 1 });
    const session = await start(server);
    await session.login();
    const error = await session.renew().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "rate_limited", status: 429, retryAfter: expect.any(Number) });
    expect((await session.fetch(FIRST)).status).toBe(200);
  });
});
