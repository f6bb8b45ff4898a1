import { describe, expect, test } from "vitest";
import type { FindFaceOptions } from "../src/index.ts";
import { create, day, get, type LoginAnswer, login, post, signIn, start } from "./findface.ts";
import { call, json } from "./requests.ts";

async function expectError(response: Response, status: number, body: object): Promise<void> {
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ traceback: "", ...body });
}

describe("FindFace's login", () => {
  test("returns 200 with a token, its expiry and the user", async () => {
    const response = await login(create());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      token: expect.stringMatching(/^[0-9a-f]{64}$/),
      token_expiration_datetime: new Date(start + 180 * day).toISOString(),
      user: { id: 1, name: "operator", active: true },
    });
  });

  test("reads username and password in UTF-8, and a colon in the password", async () => {
    const account = { username: "Жанна", password: "пароль:с:двоеточием" };
    expect((await login(create({ account }))).status).toBe(200);
  });

  test("returns 401 without credentials and with wrong ones", async () => {
    const server = create();
    const wrong = { ...server.account, password: "wrong" };
    await expectError(await call(server, "auth/login/", json({ uuid: "x" })), 401, {
      code: "UNAUTHORIZED",
      desc: "Authentication credentials were not provided.",
    });
    await expectError(await login(server, { uuid: "x" }, wrong), 401, {
      code: "UNAUTHORIZED",
      desc: "Invalid username/password.",
    });
    expect([server.logins, server.loginAttempts]).toEqual([0, 2]);
  });

  test("returns 401 for an inactive account", async () => {
    expect((await login(create({ account: { username: "u", password: "p", active: false } }))).status).toBe(401);
  });

  test.for([
    [{}, "uuid", "This field is required."],
    [{ uuid: "" }, "uuid", undefined],
    [{ uuid: "x".repeat(257) }, "uuid", undefined],
    [{ uuid: 1 }, "uuid", undefined],
    [{ uuid: "x", mobile: "yes" }, "mobile", undefined],
    [{ uuid: "x", device_info: [] }, "device_info", undefined],
    [{ uuid: "x", video_auth_token: "" }, "video_auth_token", undefined],
    [{ uuid: "x", video_auth_token: 5 }, "video_auth_token", undefined],
  ] as const)("answers 400 to %j", async ([body, param, desc = expect.any(String)]) => {
    await expectError(await login(create(), body), 400, { code: "BAD_PARAM", desc, param });
  });

  test("accepts a uuid of 1 and of 256 characters", async () => {
    for (const uuid of ["x", "x".repeat(256)]) expect((await login(create(), { uuid })).status).toBe(200);
  });

  test("uses the requested language", async () => {
    const server = create();
    const ask = (language: string) => get(server, "users/me/", { "accept-language": language });
    for (const [asked, spoken] of [
      ["ru", "ru"],
      ["fr, es-MX;q=0.8, ru;q=0.5", "es"],
      ["fr", "en-us"],
      ["en-GB", "en-us"],
    ] as const) {
      expect((await ask(asked)).headers.get("content-language")).toBe(spoken);
    }
    expect(await (await ask("es")).json()).toMatchObject({ desc: "No se dieron credenciales." });
  });

  test.for([403, 401] as const)("answers LICENSE_ERROR with %i if the license is invalid", async (licenseError) => {
    const response = await login(create({ licenseError }));
    expect(response.status).toBe(licenseError);
    expect(await response.json()).toMatchObject({ code: "LICENSE_ERROR" });
  });

  test("can write times with an offset and microseconds", async () => {
    const answer = (await (await login(create({ timeFormat: "offset" }))).json()) as LoginAnswer;
    expect(answer.token_expiration_datetime).toBe("2030-06-30T00:00:00.000000+00:00");
  });

  test("can have the base path /api", async () => {
    const server = create({ basePath: "/api" });
    expect(server.baseUrl).toBe("https://findface.example/api");
    expect((await get(server, "users/me/", await signIn(server))).status).toBe(200);
    expect((await server.fetch(`${server.origin}/users/me/`)).status).toBe(404);
    expect([server.logins, server.loginAttempts]).toEqual([1, 1]);
  });
});

describe("FindFace's token", () => {
  test("is required, and only as Token", async () => {
    const server = create();
    const { authorization } = await signIn(server);
    expect((await get(server, "users/me/", { authorization })).status).toBe(200);
    for (const other of [authorization.replace("Token", "Bearer"), "Token made-up"]) {
      await expectError(await get(server, "users/me/", { authorization: other }), 401, {
        code: "UNAUTHORIZED",
        desc: "Invalid token.",
      });
    }
    await expectError(await get(server, "users/me/"), 401, {
      code: "UNAUTHORIZED",
      desc: "Authentication credentials were not provided.",
    });
  });

  test("expires after 180 days, even if it is used", async () => {
    const server = create();
    const session = await signIn(server);
    server.clock.advance(180 * day - 1);
    expect((await get(server, "users/me/", session)).status).toBe(200);
    server.clock.advance(1);
    expect((await get(server, "users/me/", session)).status).toBe(401);
  });

  test("is invalid after revokeAll", async () => {
    const server = create();
    const session = await signIn(server);
    server.revokeAll();
    expect((await get(server, "users/me/", session)).status).toBe(401);
  });

  test("is invalid after the same device signs in again, unless configured otherwise", async () => {
    const twice = async (options: FindFaceOptions) => {
      const server = create(options);
      const first = await signIn(server);
      await signIn(server);
      return [(await get(server, "users/me/", first)).status, server.sessions];
    };
    expect(await twice({})).toEqual([401, 1]);
    expect(await twice({ sameUuidReplaces: false })).toEqual([200, 2]);
  });

  test("is independent of those of other devices and users", async () => {
    const server = create();
    const other = { username: "second", password: "x" };
    server.addAccount(other);
    const sessions = [await signIn(server), await signIn(server, "device-2"), await signIn(server, "device-1", other)];
    for (const session of sessions) expect((await get(server, "users/me/", session)).status).toBe(200);
    expect(server.sessions).toBe(3);
  });

  test("is invalid after logout, which returns 204", async () => {
    const server = create();
    const session = await signIn(server);
    const response = await post(server, "auth/logout/", session);
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect((await get(server, "users/me/", session)).status).toBe(401);
    expect((await post(server, "auth/logout/", session)).status).toBe(401);
  });

  test("is invalid while an administrator blocks the device", async () => {
    const server = create();
    const session = await signIn(server);
    server.blockDevice("device-1");
    expect((await get(server, "users/me/", session)).status).toBe(401);
    expect((await login(server)).status).toBe(401);
    server.blockDevice("device-1", false);
    expect((await login(server)).status).toBe(200);
    server.blockDevice("device-1");
    server.reset();
    expect((await login(server)).status).toBe(200);
  });
});

describe("FindFace's data", () => {
  test("returns users in pages with cursors", async () => {
    const server = create();
    server.addAccount({ username: "second", password: "x" });
    server.addAccount({ username: "third", password: "x" });
    const session = await signIn(server);
    const first = (await (await get(server, "users/?limit=2", session)).json()) as { next_page: string };
    expect(first).toMatchObject({ prev_page: null, results: [{ name: "operator" }, { name: "second" }] });
    expect(new URL(first.next_page).searchParams.get("page")).toBe("from-2");
    const second = await server.fetch(first.next_page, { headers: session });
    expect(await second.json()).toMatchObject({
      next_page: null,
      prev_page: `${server.baseUrl}/users/?limit=2&page=from-0`,
      results: [{ name: "third" }],
    });
  });

  test("can link pages by their cursors", async () => {
    const server = create({ pageLinks: "cursor" });
    server.addAccount({ username: "second", password: "x" });
    const session = await signIn(server);
    expect(await (await get(server, "users/?limit=1", session)).json()).toMatchObject({ next_page: "from-1" });
    expect(await (await get(server, "users/?limit=1&page=from-1", session)).json()).toMatchObject({
      prev_page: "from-0",
      results: [{ name: "second" }],
    });
  });

  test("lists sessions, and ends one and several", async () => {
    const server = create();
    const session = await signIn(server);
    for (const uuid of ["a", "b", "c"]) await signIn(server, uuid);
    const list = (await (await get(server, "sessions/", session)).json()) as {
      results: { id: string; uuid: string }[];
    };
    expect(list.results[0]).toEqual({
      id: expect.any(String),
      status: "online",
      active: true,
      uuid: "device-1",
      mobile: false,
      device_info: {},
      ip: expect.any(String),
      last_ping_date: expect.any(String),
      user__username: "operator",
      created_date: expect.any(String),
      user_id: 1,
    });
    const [mine, a, b, c] = list.results.map(({ id }) => id);
    expect(await (await get(server, `sessions/${mine}/`, session)).json()).toEqual(list.results[0]);
    const ended = await call(server, `sessions/${a}/`, { method: "DELETE", headers: session });
    expect([ended.status, server.sessions]).toEqual([204, 3]);
    expect((await post(server, "sessions/delete/", session, { id_in: [b, c] })).status).toBe(204);
    expect(server.sessions).toBe(1);
    expect((await post(server, "sessions/delete/", session, {})).status).toBe(400);
    expect((await call(server, `sessions/${a}/`, { method: "DELETE", headers: session })).status).toBe(404);
    expect((await get(server, `sessions/${a}/`, session)).status).toBe(404);
  });

  test("can list all sessions at once, with numbers as ids", async () => {
    const server = create({ sessionList: "array", sessionId: "number" });
    const session = await signIn(server);
    await signIn(server, "a");
    expect(await (await get(server, "sessions/", session)).json()).toMatchObject([{ id: 1 }, { id: 2, uuid: "a" }]);
    expect((await post(server, "sessions/delete/", session, { id_in: [2] })).status).toBe(204);
    expect(server.sessions).toBe(1);
    expect((await call(server, "sessions/1/", { method: "DELETE", headers: session })).status).toBe(204);
    expect(server.sessions).toBe(0);
  });

  test("returns 403 and names the missing permission", async () => {
    const server = create({ account: { username: "u", password: "p", permissions: [] } });
    const session = await signIn(server);
    expect((await get(server, "users/me/", session)).status).toBe(200);
    await expectError(await get(server, "users/", session), 403, {
      code: "PERMISSION_DENIED",
      desc: expect.any(String),
      missing_permissions: ["view_user"],
    });
    for (const path of ["sessions/", "sessions/1/", "users/"])
      expect((await get(server, path, session)).status).toBe(403);
  });

  test.for(["users/me/", "users/", "sessions/", "sessions/1/"])("%s requires a token", async (path) => {
    expect((await get(create(), path)).status).toBe(401);
  });

  test("also requires a token to end sessions", async () => {
    const server = create();
    expect((await call(server, "sessions/1/", { method: "DELETE" })).status).toBe(401);
    expect((await post(server, "sessions/delete/", {})).status).toBe(401);
  });

  test("returns 404 for unknown paths, and 401 without a session", async () => {
    const server = create();
    expect((await get(server, "nothing/")).status).toBe(401);
    await expectError(await get(server, "nothing/", await signIn(server)), 404, {
      code: "NOT_FOUND",
      desc: "Not found.",
    });
  });
});
