import { createFindFaceServer, type FindFaceServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { createFindFaceSession, type FindFaceOptions } from "../src/index.ts";

async function start(server: FindFaceServer, options: Partial<FindFaceOptions> = {}) {
  return createFindFaceSession({ ...(await serveSimulated(server)), ...options });
}

const paths = (server: FindFaceServer) => server.requests.map(({ path }) => path);
const uuidsOf = (server: FindFaceServer) =>
  server.requests.filter(({ path }) => path.endsWith("/auth/login/")).map(({ body }) => JSON.parse(body).uuid);

describe("over sockets", () => {
  it.each([
    ["at the root", {}],
    ["below /api", { basePath: "/api" }],
    ["with numeric offsets and microseconds", { timeFormat: "offset" }],
  ] as const)("signs in, and makes the first data call: %s", async (_, behaviour) => {
    const server = createFindFaceServer(behaviour);
    const session = await start(server);
    const me = await session.http.get("users/me/").json();
    expect(me).toEqual(session.info?.user);
    expect([server.logins, server.sessions]).toEqual([1, 1]);
  });

  it("signs in once for several concurrent calls after all sessions were revoked, from the same device", async () => {
    const server = createFindFaceServer();
    const session = await start(server);
    await session.fetch("users/me/");
    server.revokeAll();
    const calls = ["users/me/", "users/", "sessions/"].map((path) => session.fetch(path));
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(server.loginAttempts).toBe(2);
    expect(new Set(uuidsOf(server)).size).toBe(1);
  });

  it("ends the vendor's session at logout()", async () => {
    const server = createFindFaceServer();
    const session = await start(server);
    await session.login();
    expect(server.sessions).toBe(1);
    await session.logout();
    expect(server.sessions).toBe(0);
    expect(server.requests.at(-1)).toMatchObject({ path: "/auth/logout/", status: 204 });
    await expect(session.fetch("users/me/")).rejects.toMatchObject({ code: "session_closed" });
  });

  it("signs in again without a rejection after the token expires", async () => {
    const server = createFindFaceServer({ lifetime: 3_600_000 });
    const session = await start(server);
    await session.fetch("users/me/");
    server.clock.advance(3_600_000);
    server.clearRequests();
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(paths(server)).toEqual(["/auth/login/", "/users/me/"]);
  });

  it.each([401, 403] as const)("reports a missing license (%i)", async (licenseError) => {
    const server = createFindFaceServer({ licenseError });
    const session = await start(server);
    await expect(session.fetch("users/me/")).rejects.toMatchObject({ code: "account_unavailable", reason: "license" });
    expect(server.loginAttempts).toBe(1);
  });

  it("shows the vendor's message for a device that an administrator blocked", async () => {
    const server = createFindFaceServer();
    const session = await start(server, { uuid: "gate-3", language: "es" });
    await session.login();
    server.blockDevice("gate-3");
    await expect(session.fetch("users/me/")).rejects.toThrow(/bloqueado/);
    expect(server.loginAttempts).toBe(2);
  });

  it("signs in with face and password, if the face was authorized before", async () => {
    const server = createFindFaceServer({ mode: "face_and_password" });
    const uuid = "gate-3";
    const session = await start(server, { uuid, videoAuthToken: () => authorizeFace(server, uuid) });
    expect((await session.fetch("users/me/")).status).toBe(200);
    server.revokeAll();
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(server.logins).toBe(2);
  });

  it("fails with second_factor_required if a face is required and none is set", async () => {
    const server = createFindFaceServer({ mode: "face_and_password" });
    const session = await start(server);
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_required", methods: [] });
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_required" });
    expect(server.loginAttempts).toBe(1);
  });
});

async function authorizeFace(server: FindFaceServer, uuid: string): Promise<string> {
  const body = new FormData();
  body.set("video", new Blob([server.account.face ?? ""]), "face.mp4");
  body.set("uuid", uuid);
  const response = await server.fetch(`${server.baseUrl}/auth/video-auth/`, { method: "POST", body });
  return ((await response.json()) as { token: string }).token;
}
