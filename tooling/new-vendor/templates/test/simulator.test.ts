import { createYourVendorServer, type YourVendorServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { createYourVendorSession, type YourVendorOptions } from "../src/index.ts";

async function start(server: YourVendorServer, options: Partial<YourVendorOptions> = {}) {
  return createYourVendorSession({ ...(await serveSimulated(server)), ...options });
}

describe("over sockets", () => {
  it("signs in, and makes the first call", async () => {
    const server = createYourVendorServer();
    const session = await start(server);
    expect((await session.fetch(server.firstCall)).status).toBe(200);
    expect(session.info?.user).toEqual({ username: server.account.username });
    expect(server.logins).toBe(1);
  });

  it("signs in once after its session was revoked", async () => {
    const server = createYourVendorServer();
    const session = await start(server);
    await session.fetch(server.firstCall);
    server.revokeAll();
    const responses = await Promise.all(Array.from({ length: 3 }, () => session.fetch(server.firstCall)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(server.loginAttempts).toBe(2);
  });

  it("sends a wrong password once", async () => {
    const server = createYourVendorServer();
    const session = await start(server, { credentials: { ...server.account, password: "wrong" } });
    await expect(session.fetch(server.firstCall)).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(session.fetch(server.firstCall)).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(server.loginAttempts).toBe(1);
  });

  it("signs out at the vendor", async () => {
    const server = createYourVendorServer();
    const session = await start(server);
    await session.login();
    await session.logout();
    expect(server.sessions).toBe(0);
  });
});
