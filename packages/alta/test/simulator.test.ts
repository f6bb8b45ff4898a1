import { type AltaServer, createAltaServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { type AltaOptions, createAltaSession } from "../src/index.ts";

async function start(server: AltaServer, options: Partial<AltaOptions> = {}) {
  return createAltaSession({ ...(await serveSimulated(server)), ...options });
}

const paths = (server: AltaServer) => server.requests.map(({ path }) => path.replace("/api/v1/", ""));

describe("over sockets", () => {
  it.each([
    ["claims", {}],
    ["a JWT", { cookieValue: "jwt" }],
    ["an opaque value", { cookieValue: "opaque" }],
    ["a login by redirect", { loginStatus: 302 }],
    ["a host that requires a known user agent", { rejectDefaultUserAgents: true }],
    ["a host without `api/v1/auth`", { authRoute: false }],
  ] as const)("signs in, and makes the first data call: %s", async (_, behaviour) => {
    const server = createAltaServer(behaviour);
    const session = await start(server);
    const zones = await session.http.get("api/v1/alarmZones").json<object[]>();
    expect(zones.length).toBeGreaterThan(0);
    expect([server.logins, server.sessions]).toEqual([1, 1]);
  });

  it("signs in once for several concurrent calls after all sessions were revoked", async () => {
    const server = createAltaServer();
    const session = await start(server);
    await session.fetch("api/v1/alarmZones");
    server.revokeAll();
    const calls = ["alarmZones", "devices", "ongoingAlerts"].map((path) => session.fetch(`api/v1/${path}`));
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(server.loginAttempts).toBe(2);
  });

  it("uses a rotated cookie if the old one becomes invalid", async () => {
    const server = createAltaServer({ rotate: "end-old" });
    const session = await start(server);
    for (let call = 0; call < 3; call++) expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect(server.loginAttempts).toBe(1);
  });

  it("ends the vendor's session at logout(), and opens a new one only at login()", async () => {
    const server = createAltaServer();
    const session = await start(server);
    await session.login();
    expect(server.sessions).toBe(1);
    await session.logout();
    expect(server.sessions).toBe(0);
    await expect(session.fetch("api/v1/devices")).rejects.toMatchObject({ code: "session_closed" });
    await session.login();
    expect(server.logins).toBe(2);
  });

  it("signs in again without a rejection after the cookie expires", async () => {
    const server = createAltaServer({ lifetime: 3_600_000, maxAge: 3600 });
    const session = await start(server);
    await session.fetch("api/v1/devices");
    server.clock.advance(3_600_000);
    server.clearRequests();
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    expect(paths(server)).toEqual(["dologin", "auth", "devices"]);
  });

  it("signs in again after a rejection if the cookie has no expiry", async () => {
    const server = createAltaServer({ lifetime: 3_600_000, cookieValue: "opaque" });
    const session = await start(server);
    await session.fetch("api/v1/devices");
    server.clock.advance(3_600_000);
    server.clearRequests();
    expect((await session.fetch("api/v1/devices")).status).toBe(200);
    // The replaced session is signed out in the background.
    const calls = paths(server).filter((path) => path !== "logout");
    expect(calls).toEqual(["devices", "dologin", "auth", "devices"]);
  });

  it("sends a wrong password once, and does not lock the account", async () => {
    const server = createAltaServer();
    const session = await start(server, { credentials: { ...server.account, password: "wrong" } });
    for (let call = 0; call < 3; call++) {
      await expect(session.fetch("api/v1/devices")).rejects.toMatchObject({ code: "invalid_credentials" });
    }
    expect(server.loginAttempts).toBe(1);
  });
});
