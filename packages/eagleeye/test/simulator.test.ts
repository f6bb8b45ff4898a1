import { memoryStore } from "@vms/core";
import { createEagleEyeServer, type EagleEyeServer } from "@vms/simulator";
import { fastRetry, serveSimulated } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { createEagleEyeSession, type EagleEyeOptions } from "../src/index.ts";

async function start(server: EagleEyeServer, options: Partial<EagleEyeOptions> = {}) {
  return createEagleEyeSession({ ...(await serveSimulated(server)), ...options });
}

const paths = (server: EagleEyeServer) => server.requests.map(({ path }) => path.split("/").at(-1));

describe.each(["cookie", "query"] as const)("over sockets, session id in the %s", (transport) => {
  it.each(["form", "json"] as const)("signs in with a %s, makes the first data call and signs out", async (body) => {
    const server = createEagleEyeServer();
    const session = await start(server, { transport, body });
    const devices = await session.http.get("g/device/list").json<unknown[]>();
    expect(devices.length).toBeGreaterThan(0);
    expect(session.info?.user.email).toBe(server.account.username);
    expect(server.sessions).toBe(1);
    await session.logout();
    expect(server.sessions).toBe(0);
    expect(paths(server)).toEqual(["authenticate", "authorize", "list", "logout"]);
  });

  it("signs in once after its session was revoked", async () => {
    const server = createEagleEyeServer();
    const session = await start(server, { transport });
    await session.fetch("g/user");
    server.revokeAll();
    const responses = await Promise.all([1, 2, 3].map(() => session.fetch("g/user")));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(server.loginAttempts).toBe(2);
  });

  it("signs out without an error if the session has already ended", async () => {
    const server = createEagleEyeServer();
    const session = await start(server, { transport });
    await session.login();
    server.revokeAll();
    await session.logout();
  });

  it("reports whether it is authenticated without signing in", async () => {
    const server = createEagleEyeServer();
    const session = await start(server, { transport });
    expect(await session.isAuthenticated()).toBe(false);
    await session.login();
    expect(await session.isAuthenticated()).toBe(true);
    server.revokeAll();
    expect(await session.isAuthenticated()).toBe(false);
    expect(server.loginAttempts).toBe(1);
  });
});

describe("over sockets", () => {
  it.each([
    ["auth_key", "auth_key"],
    ["videobank_sessionid", "videobank_sessionid"],
    ["both", "auth_key"],
    [undefined, "auth_key"],
  ] as const)("accepts the cookie as %s, and sends %s", async (cookieName, sent) => {
    const server = createEagleEyeServer({ cookieName });
    const session = await start(server);
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(server.requests.at(-1)?.headers.get("cookie")).toMatch(new RegExp(`^${sent}=[^;]+$`));
  });

  it("sends a realm and an API key", async () => {
    const needs = { realm: "eagleeyenetworks", apiKey: "a-key" };
    const server = createEagleEyeServer(needs);
    const session = await start(server, needs);
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(await session.isAuthenticated()).toBe(true);
  });

  it.each(["Authorization: KEY", "Authorization: KEY:", "Authentication: KEY", "Authentication: KEY:"] as const)(
    "sends an API key in the only form that the vendor accepts: %s",
    async (apiKeyHeader) => {
      const needs = { apiKey: "a-key", apiKeyHeader };
      const server = createEagleEyeServer(needs);
      expect((await (await start(server, needs)).fetch("g/user")).status).toBe(200);
    },
  );

  it("signs in with another `apiKeyHeader` after a rejected login", async () => {
    const server = createEagleEyeServer({ apiKey: "a-key", apiKeyHeader: "Authentication: KEY:" });
    const common = { ...(await serveSimulated(server)), apiKey: "a-key", store: memoryStore() };
    for (let time = 0; time < 2; time++) {
      await expect(createEagleEyeSession(common).login()).rejects.toMatchObject({ status: 403 });
    }
    expect(server.loginAttempts).toBe(1);
    await createEagleEyeSession({ ...common, apiKeyHeader: "Authentication: KEY:" }).login();
    expect(server.loginAttempts).toBe(2);
  });

  it("sends the password of an account that is locked for wrong passwords once", async () => {
    const server = createEagleEyeServer({ loginAttemptLimit: 1 });
    await expect(
      (await start(server, { credentials: { ...server.account, password: "wrong" } })).login(),
    ).rejects.toMatchObject({ code: "invalid_credentials" });
    const session = await start(server);
    await expect(session.login()).rejects.toMatchObject({ code: "account_unavailable", status: 412 });
    await expect(session.fetch("g/user")).rejects.toMatchObject({ code: "account_unavailable", status: 412 });
    expect(server.loginAttempts).toBe(2);
  });

  it("signs in again without a rejection after `idleTimeout`", async () => {
    const server = createEagleEyeServer({ idleTimeout: 600_000 });
    const session = await start(server, { idleTimeout: 600_000 });
    for (let use = 0; use < 3; use++) {
      await session.fetch("g/user");
      server.clock.advance(599_000);
    }
    expect(server.loginAttempts).toBe(1);
    server.clock.advance(1_000);
    server.clearRequests();
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(paths(server)).toEqual(["authenticate", "authorize", "user"]);
  });

  it("signs in again after the vendor's 401 without a known lifetime", async () => {
    const server = createEagleEyeServer({ lifetime: 3_600_000 });
    const session = await start(server);
    await session.fetch("g/user");
    server.clock.advance(3_600_000);
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(server.loginAttempts).toBe(2);
  });

  it("starts again at authenticate if the token was used but the response was lost", async () => {
    const server = createEagleEyeServer();
    const session = await start(server);
    server.script({ when: ({ path }) => path.endsWith("authorize"), after: true, drop: "before-headers" });
    expect((await session.fetch("g/user")).status).toBe(200);
    expect(paths(server)).toEqual(["authenticate", "authorize", "authenticate", "authorize", "user"]);
    const tokens = server.requests.filter(({ path }) => path.endsWith("authorize")).map(({ body }) => body);
    expect(new Set(tokens).size).toBe(2);
  });

  it.each([
    ["user-pending", "pending"],
    ["account-suspended", "suspended"],
    ["account-inactive", "inactive"],
    ["account-pending", "pending"],
    ["user-disabled", "disabled"],
    ["ip-not-allowed", "ip_not_allowed"],
    ["locked", "disabled"],
  ] as const)("tries an account that is %s once", async (state, reason) => {
    const server = createEagleEyeServer({ account: { username: "u@acme.example", password: "p-w-1", state } });
    const session = await start(server);
    await expect(session.fetch("g/user")).rejects.toMatchObject({ code: "account_unavailable", reason });
    await expect(session.fetch("g/user")).rejects.toMatchObject({ code: "account_unavailable", reason });
    expect(server.loginAttempts).toBe(1);
  });

  it("fails with second_factor_required and the methods", async () => {
    const secondFactor = { sms: "+351 900 000 779", email: "u@acme.example" };
    const server = createEagleEyeServer({ account: { username: "u@acme.example", password: "p-w-1", secondFactor } });
    const session = await start(server);
    const methods = [{ type: "sms" }, { type: "email" }];
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_required", methods });
    expect(server.inbox).toEqual([]);
  });
});

describe("at the vendor's own address", () => {
  it("sends calls and the logout to the brand's host", async () => {
    const server = createEagleEyeServer({ brand: "c019" });
    const session = createEagleEyeSession({ credentials: server.account, retry: fastRetry, fetch: server.fetch });
    await session.fetch("g/user");
    await session.logout();
    expect(server.requests.map(({ url }) => new URL(url).hostname.split(".")[0])).toEqual([
      "login",
      "login",
      "c019",
      "c019",
    ]);
    expect(server.sessions).toBe(0);
  });
});
