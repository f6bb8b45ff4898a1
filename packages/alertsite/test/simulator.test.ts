import { type AlertSiteServer, createAlertSiteServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { type AlertSiteOptions, createAlertSiteSession } from "../src/index.ts";

async function start(server: AlertSiteServer, options: Partial<AlertSiteOptions> = {}) {
  return createAlertSiteSession({ ...(await serveSimulated(server)), ...options });
}

describe.each(["header", "query"] as const)("over sockets, credential in the %s", (transport) => {
  it("signs in, and makes the first data call", async () => {
    const server = createAlertSiteServer();
    const session = await start(server, { transport });
    const { results } = await session.http.get("locations").json<{ results: object[] }>();
    expect(results.length).toBeGreaterThan(0);
    expect(session.info?.user).toEqual({ login: server.account.username });
    expect(server.logins).toBe(1);
  });

  it.each([
    ["documented 40", {}],
    ["a number, at HTTP 401", { statusType: "number", errorStatus: 401, expiredCode: 12 }],
    ["40 at HTTP 500", { errorStatus: 500 }],
  ] as const)("signs in exactly once more when its session was revoked: %s", async (_, behaviour) => {
    const server = createAlertSiteServer(behaviour);
    const session = await start(server, { transport });
    await session.fetch("locations");
    server.revokeAll();
    const responses = await Promise.all([
      session.fetch("locations"),
      session.fetch("devices"),
      session.fetch("devices"),
    ]);
    for (const response of responses)
      expect(await response.json()).toMatchObject({ metadata: { message: "No errors." } });
    expect(server.loginAttempts).toBe(2);
  });

  it("lasts while it is used, and signs in again without a rejection after 15 idle minutes", async () => {
    const server = createAlertSiteServer();
    const session = await start(server, { transport });
    for (let use = 0; use < 3; use++) {
      await session.fetch("locations");
      server.clock.advance(14 * 60_000);
    }
    expect(server.loginAttempts).toBe(1);
    server.clock.advance(60_000);
    server.clearRequests();
    expect((await session.fetch("locations")).status).toBe(200);
    expect(server.requests.map(({ path }) => path.split("/").at(-1))).toEqual(["login", "locations"]);
  });
});

describe("over sockets", () => {
  it("returns responses that are not about the session", async () => {
    const server = createAlertSiteServer();
    const session = await start(server);
    expect(await (await session.fetch("devices/1")).json()).toMatchObject({ metadata: { status: "65" } });
    expect((await session.fetch("nothing-there")).status).toBe(404);
    expect(server.loginAttempts).toBe(1);
  });

  it("sends a wrong password once", async () => {
    const server = createAlertSiteServer();
    const session = await start(server, { credentials: { ...server.account, password: "wrong" } });
    await expect(session.fetch("locations")).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(session.fetch("locations")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(server.loginAttempts).toBe(1);
  });

  it("signs in again after a broken connection", async () => {
    const server = createAlertSiteServer();
    const session = await start(server);
    server.script({ drop: "before-headers" });
    expect((await session.fetch("locations")).status).toBe(200);
    expect(server.loginAttempts).toBe(2);
  });

  it("signs out without a request, and no later call signs in", async () => {
    const server = createAlertSiteServer();
    const session = await start(server);
    await session.login();
    server.clearRequests();
    await session.logout();
    await expect(session.fetch("locations")).rejects.toMatchObject({ code: "session_closed" });
    expect(server.requests).toHaveLength(0);
  });
});
