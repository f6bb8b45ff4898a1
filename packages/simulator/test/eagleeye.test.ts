import { describe, expect, test } from "vitest";
import type { EagleEyeOptions } from "../src/index.ts";
import { authenticate, authorize, create, get, post, signIn, tokenOf } from "./eagleeye.ts";
import { call, cookiesOf, cookieValue, form, json } from "./requests.ts";

describe("Eagle Eye's authenticate", () => {
  test("answers 200 with a token that must be URL-encoded", async () => {
    const token = await tokenOf(create());
    expect(token).toMatch(/^[A-Za-z0-9+/]{342}==$/);
    expect(encodeURIComponent(token)).not.toBe(token);
  });

  test("also accepts JSON", async () => {
    const server = create();
    const response = await call(server, "g/aaa/authenticate", json(server.account));
    expect(Object.keys((await response.json()) as object)).toEqual(["token"]);
  });

  test("answers 400 to missing arguments", async () => {
    for (const fields of [{}, { username: "x" }, { password: "x" }, { username: "", password: "" }]) {
      expect((await authenticate(create(), fields)).status).toBe(400);
    }
    expect((await call(create(), "g/aaa/authenticate", { method: "POST" })).status).toBe(400);
  });

  test("answers 401 to wrong credentials", async () => {
    const server = create();
    expect((await authenticate(server, { ...server.account, password: "wrong" })).status).toBe(401);
    expect([server.logins, server.loginAttempts]).toEqual([0, 1]);
  });

  test.for([
    ["user-pending", 462],
    ["account-suspended", 402],
    ["account-inactive", 460],
    ["account-pending", 461],
    ["user-disabled", 412],
    ["ip-not-allowed", 465],
  ] as const)("answers an account that is %s with %i", async ([state, status]) => {
    const server = create();
    const account = { username: "other", password: "right", state };
    server.addAccount(account);
    expect((await authenticate(server, { username: "other", password: "right" })).status).toBe(status);
    // Only a pending user gets this status with any password.
    const wrong = await authenticate(server, { username: "other", password: "wrong" });
    expect(wrong.status).toBe(state === "user-pending" ? 462 : 401);
  });

  test("answers with the first status in the documented order", async () => {
    const order = [
      "account-suspended",
      "account-inactive",
      "account-pending",
      "user-disabled",
      "ip-not-allowed",
    ] as const;
    for (const [index, status] of [402, 460, 461, 412, 465].entries()) {
      const server = create({ account: { username: "u", password: "p", state: order.slice(index).toReversed() } });
      expect((await authenticate(server, { username: "u", password: "p" })).status).toBe(status);
    }
  });

  test("can require an API key, in either header", async () => {
    const server = create({ apiKey: "made-up-key" });
    const withKey = (headers: Record<string, string>) =>
      call(server, "g/aaa/authenticate", form(server.account, headers));
    expect((await withKey({})).status).toBe(403);
    expect((await withKey({ authentication: "made-up-key" })).status).toBe(200);
    expect((await withKey({ authentication: "made-up-key:" })).status).toBe(200);
    expect((await withKey({ authorization: "made-up-key" })).status).toBe(200);
  });

  test("can require a realm", async () => {
    const server = create({ realm: "eagleeyenetworks" });
    expect((await authenticate(server)).status).toBe(400);
    expect((await authenticate(server, { ...server.account, realm: "eagleeyenetworks" })).status).toBe(200);
  });
});

describe("Eagle Eye's authorize", () => {
  test("answers 200 with the user, and sets a cookie for the vendor's domain", async () => {
    const server = create();
    const response = await authorize(server, { token: await tokenOf(server) });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^videobank_sessionid=c001~[0-9a-f]{32}; Domain=\.eagleeyenetworks\.com; Path=\/; Secure$/),
    ]);
    expect(await response.json()).toMatchObject({ email: "robin@acme.example", active_brand_subdomain: "c001" });
    expect(server.logins).toBe(1);
  });

  test("also accepts JSON", async () => {
    const server = create();
    const response = await call(server, "g/aaa/authorize", json({ token: await tokenOf(server) }));
    expect(response.status).toBe(200);
  });

  test("can call the cookie auth_key, or set both cookies", async () => {
    for (const cookieName of ["auth_key", "both"] as const) {
      const server = create({ cookieName });
      const response = await authorize(server, { token: await tokenOf(server) });
      expect(cookieValue(response, "auth_key")).toMatch(/^c001~/);
      expect(cookieValue(response, "videobank_sessionid")).toBe(
        cookieName === "both" ? cookieValue(response, "auth_key") : undefined,
      );
      expect((await get(server, "g/user", cookiesOf(response))).status).toBe(200);
    }
  });

  test("can return another brand", async () => {
    const server = create({ brand: "acme" });
    const response = await authorize(server, { token: await tokenOf(server) });
    expect(await response.json()).toMatchObject({ active_brand_subdomain: "acme" });
  });

  test("answers 400 without a token and 401 to an unknown one", async () => {
    expect((await authorize(create(), {})).status).toBe(400);
    expect((await authorize(create(), { token: "made-up" })).status).toBe(401);
  });

  test("accepts a token once", async () => {
    const server = create();
    const token = await tokenOf(server);
    expect((await authorize(server, { token })).status).toBe(200);
    expect((await authorize(server, { token })).status).toBe(401);
    expect(server.sessions).toBe(1);
  });

  test("accepts a token for thirty seconds", async () => {
    const server = create();
    const [first, second] = [await tokenOf(server), await tokenOf(server)];
    server.clock.advance(29_999);
    expect((await authorize(server, { token: first })).status).toBe(200);
    server.clock.advance(1);
    expect((await authorize(server, { token: second })).status).toBe(401);
  });
});

describe("Eagle Eye's session id", () => {
  const path = "g/device/list";

  test("is accepted in the cookie, under either name", async () => {
    const server = create();
    const { cookie } = await signIn(server);
    expect((await get(server, path, { cookie })).status).toBe(200);
    expect((await get(server, path, { cookie: cookie.replace("videobank_sessionid", "auth_key") })).status).toBe(200);
    expect((await get(server, path)).status).toBe(401);
    expect((await get(server, path, { cookie: "auth_key=made-up" })).status).toBe(401);
  });

  test("is accepted as A in the query, a form and another body", async () => {
    const server = create();
    const id = (await signIn(server)).cookie.split("=")[1]!;
    expect((await get(server, `${path}?A=${id}`)).status).toBe(200);
    expect((await post(server, path, {}, { A: id })).status).toBe(200);
    expect((await call(server, path, { ...json({ A: id }), method: "PUT" })).status).toBe(200);
    expect((await call(server, `${path}?A=${id}`, { method: "DELETE" })).status).toBe(200);
  });

  test("has priority in the query over the body, and in the body over the cookie", async () => {
    const server = create();
    const headers = await signIn(server);
    const id = headers.cookie.split("=")[1]!;
    expect((await get(server, `${path}?A=wrong`, headers)).status).toBe(401);
    expect((await post(server, path, headers, { A: "wrong" })).status).toBe(401);
    expect((await call(server, path, { ...json({ A: "wrong" }, headers), method: "PUT" })).status).toBe(401);
    expect((await post(server, `${path}?A=wrong`, {}, { A: id })).status).toBe(401);
    expect((await post(server, `${path}?A=${id}`, {}, { A: "wrong" })).status).toBe(200);
  });

  test("never expires unless configured", async () => {
    const server = create();
    const session = await signIn(server);
    server.clock.advance(1e11);
    expect((await get(server, path, session)).status).toBe(200);
    const short = create({ lifetime: 60_000 });
    const other = await signIn(short);
    short.clock.advance(60_000);
    expect((await get(short, path, other)).status).toBe(401);
  });

  test("expires when it is idle, and isauth counts as a use unless configured otherwise", async () => {
    const status = async (options: EagleEyeOptions) => {
      const server = create({ idleTimeout: 1000, ...options });
      const session = await signIn(server);
      server.clock.advance(999);
      expect((await get(server, "g/aaa/isauth", session)).status).toBe(200);
      server.clock.advance(999);
      return (await get(server, path, session)).status;
    };
    expect(await status({})).toBe(200);
    expect(await status({ isauthIsUse: false })).toBe(401);
  });

  test("ends when it is revoked", async () => {
    const server = create();
    const session = await signIn(server);
    server.revokeAll();
    expect((await get(server, "g/aaa/isauth", session)).status).toBe(401);
  });
});

describe("Eagle Eye's other calls", () => {
  test("isauth answers true", async () => {
    const server = create();
    const response = await get(server, "g/aaa/isauth", await signIn(server));
    expect([response.status, await response.json()]).toEqual([200, true]);
  });

  test("logout answers 204 once, then 401", async () => {
    const server = create();
    const session = await signIn(server);
    expect((await post(server, "g/aaa/logout", session)).status).toBe(204);
    expect((await post(server, "g/aaa/logout", session)).status).toBe(401);
    expect(server.sessions).toBe(0);
  });

  test("switch_account answers 400, 401, 404 and 200", async () => {
    const server = create();
    const session = await signIn(server);
    const switchTo = (fields: object, headers = session) => call(server, "g/aaa/switch_account", json(fields, headers));
    expect((await switchTo({ account_id: 5 })).status).toBe(400);
    expect((await switchTo({ account_id: "00061987" }, { cookie: "" })).status).toBe(401);
    expect((await switchTo({ account_id: "00000000" })).status).toBe(404);
    expect((await switchTo({ account_id: "00061987" })).status).toBe(200);
    expect(await (await get(server, "g/user", session)).json()).toMatchObject({ active_account_id: "00061987" });
    expect((await switchTo({})).status).toBe(200);
    expect(await (await get(server, "g/user", session)).json()).toMatchObject({ active_account_id: "00061203" });
  });

  test("the list of devices is the active account's", async () => {
    const server = create();
    const session = await signIn(server);
    const owners = async () => {
      const list = (await (await get(server, "g/device/list", session)).json()) as [string, ...unknown[]][];
      return [...new Set(list.map(([owner]) => owner))];
    };
    expect(await owners()).toEqual(["00061203"]);
    await post(server, "g/aaa/switch_account", session, { account_id: "00061987" });
    expect(await owners()).toEqual(["00061987"]);
  });

  test("lists are positional", async () => {
    const server = create();
    const session = await signIn(server);
    for (const path of ["g/device/list", "g/account/list"]) {
      const list: unknown = await (await get(server, path, session)).json();
      expect(list).toContainEqual(expect.arrayContaining([expect.any(String)]));
    }
  });

  test("a trailing slash is answered 500, unless configured otherwise", async () => {
    expect((await get(create(), "g/device/list/")).status).toBe(500);
    expect((await get(create({ trailingSlashFails: false }), "g/device/list/")).status).toBe(404);
    expect((await get(create(), "g/nothing")).status).toBe(404);
  });
});
