import { describe, expect, test } from "vitest";
import { type AdminTokenOptions, type AdminTokenServer, createAdminTokenServer, createClock } from "../src/index.ts";
import { call, form, json } from "./requests.ts";

const path = "api/admin/v1/auth/token";
const start = Date.UTC(2030, 0, 15, 12, 0, 0);
const create = (options: AdminTokenOptions = {}) => createAdminTokenServer({ clock: createClock(start), ...options });

function login(server: AdminTokenServer, { username, password } = server.account): Promise<Response> {
  return call(server, path, json({ login: username, password }));
}

async function signIn(server: AdminTokenServer): Promise<{ access_token: string; expires_at: string }> {
  return (await (await login(server)).json()) as { access_token: string; expires_at: string };
}

function get(server: AdminTokenServer, path: string, token?: string): Promise<Response> {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: token };
  return call(server, path, { headers: { accept: "application/json", ...authorization } });
}

describe("the admin API's login", () => {
  test("returns 200 with the user, a token and its expiry", async () => {
    const response = await login(create());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      user: { id: 1, login: "admin@aipix.example" },
      token_type: "Bearer",
      expires_at: "2030-01-16 12:00:00",
      access_token: expect.stringMatching(/^\d+\|[0-9a-f]{40}$/),
    });
  });

  test("also accepts a form", async () => {
    const server = create();
    const { username, password } = server.account;
    expect((await call(server, path, form({ login: username, password }))).status).toBe(200);
  });

  test.for([
    [{}, ["login", "password"]],
    [{ login: "x" }, ["password"]],
    [{ login: "", password: "x" }, ["login"]],
    [{ login: 1, password: "x" }, ["login"]],
  ] as const)("answers 422 to %j and names the fields", async ([body, names]) => {
    const response = await call(create(), path, json(body));
    const answer = (await response.json()) as { message: string; errors: Record<string, string[]> };
    expect([response.status, Object.keys(answer)]).toEqual([422, ["message", "errors"]]);
    expect(Object.keys(answer.errors)).toEqual(names);
    expect(Object.values(answer.errors)[0]).toEqual([expect.any(String)]);
  });

  test("returns 422 for broken JSON", async () => {
    const init = { ...json({}), body: "{" };
    expect((await call(create(), path, init)).status).toBe(422);
  });

  test("returns 422 for wrong credentials, with configurable keys", async () => {
    const server = create({ badCredentialsKeys: ["password", "any"] });
    const response = await login(server, { username: "admin@aipix.example", password: "wrong" });
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({
      message: expect.any(String),
      errors: { password: [expect.any(String)], any: [expect.any(String)] },
    });
    expect([server.logins, server.loginAttempts]).toEqual([0, 1]);
  });

  test("can return 401 for wrong credentials", async () => {
    const response = await login(create({ badCredentials: 401 }), { username: "x", password: "y" });
    expect([response.status, await response.json()]).toEqual([401, { message: "Unauthenticated." }]);
  });

  test("returns 429 with Retry-After above the limit per minute", async () => {
    const server = create({ throttle: 2 });
    await login(server);
    server.clock.advance(20_000);
    await login(server);
    const response = await login(server);
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "40"]);
    expect(await response.json()).toEqual({ message: "Too Many Attempts." });
    server.clock.advance(40_000);
    expect((await login(server)).status).toBe(200);
  });

  test("can return the token with its prefix, which a request must not double", async () => {
    const server = create({ tokenWithPrefix: true });
    const { access_token } = await signIn(server);
    expect(access_token).toMatch(/^Bearer \d+\|/);
    expect((await get(server, server.firstCall, access_token)).status).toBe(200);
    expect((await get(server, server.firstCall, `Bearer ${access_token}`)).status).toBe(401);
  });
});

describe("expires_at", () => {
  test.for([
    [{ timeZone: "America/New_York" }, "2030-01-16 07:00:00"],
    [{ timeZone: "Asia/Kolkata" }, "2030-01-16 17:30:00"],
    [{ expiresAtFormat: "iso" }, "2030-01-16T12:00:00+00:00"],
    [{ expiresAtFormat: "iso", timeZone: "America/New_York" }, "2030-01-16T07:00:00-05:00"],
    [{ expiresAtFormat: "iso", timeZone: "Asia/Kolkata" }, "2030-01-16T17:30:00+05:30"],
    [{ lifetime: 1000 }, "2030-01-15 12:00:01"],
    [{ lifetime: 0 }, "2040-01-13 12:00:00"],
  ] as const)("with %j is %s", async ([options, expected]) => {
    expect((await signIn(create(options))).expires_at).toBe(expected);
  });

  test("is the expiry of the token", async () => {
    const server = create({ lifetime: 1000 });
    const token = `Bearer ${(await signIn(server)).access_token}`;
    server.clock.advance(999);
    expect((await get(server, server.firstCall, token)).status).toBe(200);
    server.clock.advance(1);
    expect((await get(server, server.firstCall, token)).status).toBe(401);
  });
});

describe("the admin API's data", () => {
  test("requires a valid token", async () => {
    const server = create();
    const unknown = await get(server, server.firstCall);
    expect([unknown.status, await unknown.json()]).toEqual([401, { message: "Unauthenticated." }]);
    expect((await get(server, server.firstCall, "Bearer made-up")).status).toBe(401);
    const token = `Bearer ${(await signIn(server)).access_token}`;
    expect((await get(server, server.firstCall, token)).status).toBe(200);
    server.revokeAll();
    expect((await get(server, server.firstCall, token)).status).toBe(401);
    expect((await get(server, "api/admin/v1/admins/1")).status).toBe(401);
  });

  test("lists administrators in pages", async () => {
    const server = create();
    const token = `Bearer ${(await signIn(server)).access_token}`;
    const url = `${server.baseUrl}/api/admin/v1/admins`;
    expect(await (await get(server, "api/admin/v1/admins?per_page=3&page=1", token)).json()).toMatchObject({
      data: [{ id: 1, login: "admin@aipix.example" }, {}, {}],
      links: { first: `${url}?page=1`, last: `${url}?page=2`, prev: null, next: `${url}?page=2` },
      meta: { current_page: 1, from: 1, last_page: 2, path: url, per_page: 3, to: 3, total: 4 },
    });
    expect(await (await get(server, "api/admin/v1/admins?per_page=3&page=9", token)).json()).toMatchObject({
      data: [],
      meta: { from: null, to: null },
    });
  });

  test("returns one administrator without a wrapper, or 404", async () => {
    const server = create();
    const token = `Bearer ${(await signIn(server)).access_token}`;
    expect(await (await get(server, "api/admin/v1/admins/1", token)).json()).toMatchObject({
      id: 1,
      permissions: [{}, {}, {}],
    });
    expect((await get(server, "api/admin/v1/admins/999", token)).status).toBe(404);
    expect((await get(server, "api/nothing", token)).status).toBe(404);
  });

  test("redirects to /login if JSON is not accepted, unless configured otherwise", async () => {
    const init: RequestInit = { redirect: "manual", headers: { accept: "text/html" } };
    const server = create();
    const response = await call(server, server.firstCall, init);
    expect([response.status, response.headers.get("location")]).toEqual([302, "https://aipix.example/login"]);
    expect((await call(server, server.firstCall)).headers.get("content-type")).toMatch(/^text\/html/);
    expect((await call(create({ redirectWithoutJson: false }), server.firstCall, init)).status).toBe(401);
  });
});
