import { describe, expect, test } from "vitest";
import type { EagleEyeOptions } from "../src/index.ts";
import { authenticate, authorize, create, get, post, signIn, tokenOf } from "./eagleeye.ts";
import { call, cookiesOf, cookieValue, form, json, multipart } from "./requests.ts";

const documentedPositions =
  "account_id id name type bridges service_status permissions tags guid serial_number device_status timezone timezone_utc_offset is_unsupported ip_address is_shared owner_account_name is_upnp video_input video_status location parent_camera_id child_cameras is_hidden ignored_inputs responder_camera".split(
    " ",
  );

describe("Eagle Eye's authenticate", () => {
  test("returns 200 with a token that must be URL-encoded", async () => {
    const token = await tokenOf(create());
    expect(token).toMatch(/^[A-Za-z0-9+/]{342}==$/);
    expect(encodeURIComponent(token)).not.toBe(token);
  });

  test("also accepts JSON", async () => {
    const server = create();
    const response = await call(server, "g/aaa/authenticate", json(server.account));
    expect(Object.keys((await response.json()) as object)).toEqual(["token"]);
  });

  test("also accepts multipart, and rejects a wrong password and a broken body in it", async () => {
    const server = create();
    const status = async (init: RequestInit) => (await call(server, "g/aaa/authenticate", init)).status;
    expect(await status(multipart(server.account))).toBe(200);
    expect(await status(multipart({ ...server.account, password: "wrong" }))).toBe(401);
    expect(await status(multipart({ username: "x" }))).toBe(400);
    const headers = { "content-type": "multipart/form-data" };
    expect(await status({ method: "POST", headers, body: "no boundary" })).toBe(400);
  });

  test("returns 400 for missing arguments", async () => {
    for (const fields of [{}, { username: "x" }, { password: "x" }, { username: "", password: "" }]) {
      expect((await authenticate(create(), fields)).status).toBe(400);
    }
    expect((await call(create(), "g/aaa/authenticate", { method: "POST" })).status).toBe(400);
  });

  test("returns 401 for wrong credentials", async () => {
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
    ["locked", 412],
  ] as const)("answers an account that is %s with %i", async ([state, status]) => {
    const server = create();
    const account = { username: "other", password: "right", state };
    server.addAccount(account);
    expect((await authenticate(server, { username: "other", password: "right" })).status).toBe(status);
    // Only a pending user gets this status with any password.
    const wrong = await authenticate(server, { username: "other", password: "wrong" });
    expect(wrong.status).toBe(state === "user-pending" ? 462 : 401);
  });

  test("returns the first status in the documented order", async () => {
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

  test("locks the user after `loginAttemptLimit` consecutive wrong passwords, until it is reset", async () => {
    const server = create({ loginAttemptLimit: 3 });
    const wrong = { ...server.account, password: "wrong" };
    const statuses = async (...tried: object[]) => {
      const found = [];
      for (const fields of tried) found.push((await authenticate(server, fields)).status);
      return found;
    };
    expect(await statuses(wrong, wrong, server.account, wrong, wrong, server.account)).toEqual([
      401, 401, 200, 401, 401, 200,
    ]);
    expect(await statuses(wrong, wrong, wrong, server.account, wrong)).toEqual([401, 401, 401, 412, 401]);
    server.addAccount({ username: "other", password: "right" });
    expect(await statuses({ username: "other", password: "right" })).toEqual([200]);
    server.reset();
    expect(await statuses(server.account)).toEqual([200]);
  });

  test("returns a configured status for a user who is locked after wrong passwords", async () => {
    for (const passwordLockStatus of [401, 403, 412, 429] as const) {
      const server = create({ loginAttemptLimit: 1, passwordLockStatus });
      expect((await authenticate(server, { ...server.account, password: "wrong" })).status).toBe(401);
      expect((await authenticate(server)).status).toBe(passwordLockStatus);
    }
  });

  const key = "made-up-key";
  const forms = [
    ["Authorization: KEY", { authorization: key }],
    ["Authorization: KEY:", { authorization: `${key}:` }],
    ["Authentication: KEY", { authentication: key }],
    ["Authentication: KEY:", { authentication: `${key}:` }],
  ] as const;

  test("can require an API key, in any form", async () => {
    const server = create({ apiKey: key });
    const withKey = (headers: Record<string, string>) =>
      call(server, "g/aaa/authenticate", form(server.account, headers));
    expect((await withKey({})).status).toBe(403);
    expect((await withKey({ authorization: "another" })).status).toBe(403);
    for (const [, headers] of forms) expect((await withKey(headers)).status).toBe(200);
  });

  test.for(forms)("can require an API key in only one form: %s", async ([apiKeyHeader]) => {
    const server = create({ apiKey: key, apiKeyHeader });
    const accepted = [];
    for (const [name, headers] of forms) {
      const response = await call(server, "g/aaa/authenticate", form(server.account, headers));
      if (response.status === 200) accepted.push(name);
    }
    expect(accepted).toEqual([apiKeyHeader]);
  });

  test("can require a realm", async () => {
    const server = create({ realm: "eagleeyenetworks" });
    expect((await authenticate(server)).status).toBe(400);
    expect((await authenticate(server, { ...server.account, realm: "eagleeyenetworks" })).status).toBe(200);
  });
});

describe("Eagle Eye's authorize", () => {
  test("returns 200 with the user, and sets a cookie for the vendor's domain", async () => {
    const server = create();
    const response = await authorize(server, { token: await tokenOf(server) });
    expect(response.headers.getSetCookie()).toEqual(
      ["videobank_sessionid", "auth_key"].map((name) =>
        expect.stringMatching(
          new RegExp(`^${name}=c001~[0-9a-f]{32}; Domain=\\.eagleeyenetworks\\.com; Path=/; Secure$`),
        ),
      ),
    );
    expect(cookieValue(response, "auth_key")).toBe(cookieValue(response, "videobank_sessionid"));
    expect(await response.json()).toMatchObject({ email: "robin@acme.example", active_brand_subdomain: "c001" });
    expect(server.logins).toBe(1);
  });

  test("also accepts JSON", async () => {
    const server = create();
    const response = await call(server, "g/aaa/authorize", json({ token: await tokenOf(server) }));
    expect(response.status).toBe(200);
  });

  test("also accepts multipart", async () => {
    const server = create();
    const response = await call(server, "g/aaa/authorize", multipart({ token: await tokenOf(server) }));
    expect(response.status).toBe(200);
  });

  test.for(["auth_key", "videobank_sessionid"] as const)("can set only the cookie %s", async (cookieName) => {
    const server = create({ cookieName });
    const response = await authorize(server, { token: await tokenOf(server) });
    expect(cookieValue(response, cookieName)).toMatch(/^c001~/);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect((await get(server, "g/user", cookiesOf(response))).status).toBe(200);
  });

  test("can return another brand", async () => {
    const server = create({ brand: "acme" });
    const response = await authorize(server, { token: await tokenOf(server) });
    expect(await response.json()).toMatchObject({ active_brand_subdomain: "acme" });
  });

  test("returns 400 without a token and 401 for an unknown one", async () => {
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
  const idOf = ({ cookie }: { cookie: string }) => /=([^;]+)/.exec(cookie)![1]!;
  const path = "g/device/list";

  test("is accepted in the cookie, under either name", async () => {
    const server = create();
    const id = idOf(await signIn(server));
    for (const name of ["videobank_sessionid", "auth_key"]) {
      expect((await get(server, path, { cookie: `${name}=${id}` })).status).toBe(200);
    }
    expect((await get(server, path)).status).toBe(401);
    expect((await get(server, path, { cookie: "auth_key=made-up" })).status).toBe(401);
  });

  test("is accepted as A in multipart", async () => {
    const server = create();
    const id = idOf(await signIn(server));
    expect((await call(server, path, multipart({ A: id }))).status).toBe(200);
    expect((await call(server, path, multipart({ A: "wrong" }))).status).toBe(401);
  });

  test("is accepted as A in the query, a form and another body", async () => {
    const server = create();
    const id = idOf(await signIn(server));
    expect((await get(server, `${path}?A=${id}`)).status).toBe(200);
    expect((await post(server, path, {}, { A: id })).status).toBe(200);
    expect((await call(server, path, { ...json({ A: id }), method: "PUT" })).status).toBe(200);
    expect((await call(server, `${path}?A=${id}`, { method: "DELETE" })).status).toBe(200);
  });

  test("takes precedence in the query over the body, and in the body over the cookie", async () => {
    const server = create();
    const headers = await signIn(server);
    const id = idOf(headers);
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
  test("isauth returns true", async () => {
    const server = create();
    const response = await get(server, "g/aaa/isauth", await signIn(server));
    expect([response.status, await response.json()]).toEqual([200, true]);
  });

  test("logout returns 204 once, then 401", async () => {
    const server = create();
    const session = await signIn(server);
    expect((await post(server, "g/aaa/logout", session)).status).toBe(204);
    expect((await post(server, "g/aaa/logout", session)).status).toBe(401);
    expect(server.sessions).toBe(0);
  });

  test("switch_account returns 400, 401, 404 and 200", async () => {
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

  test("g/device/list returns the devices of the active account", async () => {
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

  test("a device in the list has all documented positions, and those of a device's object", async () => {
    const server = create();
    const session = await signIn(server);
    const list = (await (await get(server, "g/device/list", session)).json()) as unknown[][];
    for (const positions of list) {
      const one = (await (await get(server, `g/device?id=${positions[1]}`, session)).json()) as object;
      expect(Object.values(one)).toEqual(positions);
      expect(Object.keys(one)).toEqual(documentedPositions);
    }
  });

  test.for([
    ["e=100be3f2", ["100be3f2"]],
    ["n=Ramp%20camera", ["100c9d05"]],
    ["t=bridge", ["1004a7c1"]],
    ["t=camera", ["100be3f2", "100c9d05"]],
    ["t=camera&s=ATTD", ["100be3f2"]],
    ["e=100d71b8", []],
  ] as const)("the list of devices can be filtered: %s", async ([query, ids]) => {
    const server = create();
    const list = await (await get(server, `g/device/list?${query}`, await signIn(server))).json();
    expect((list as unknown[][]).map(([, id]) => id)).toEqual(ids);
  });

  test("g/device returns 404 for a device of another account, and 400 without an id", async () => {
    const server = create();
    const session = await signIn(server);
    expect((await get(server, "g/device?id=100d71b8", session)).status).toBe(404);
    expect((await get(server, "g/device", session)).status).toBe(400);
    expect((await get(server, "g/device?id=100be3f2")).status).toBe(401);
    await post(server, "g/aaa/switch_account", session, { account_id: "00061987" });
    expect((await get(server, "g/device?id=100d71b8", session)).status).toBe(200);
  });

  test("g/user/list is positional, and g/user returns each user by id", async () => {
    const server = create();
    server.addAccount({ username: "second@acme.example", password: "x" });
    const session = await signIn(server);
    const own = (await (await get(server, "g/user", session)).json()) as Record<string, unknown>;
    const list = (await (await get(server, "g/user/list", session)).json()) as unknown[][];
    expect(list).toEqual([
      [own.id, own.first_name, own.last_name, own.email, expect.arrayContaining(["active"]), own.last_login],
      [expect.any(String), expect.any(String), expect.any(String), "second@acme.example", expect.any(Array), null],
    ]);
    const second = await (await get(server, `g/user?id=${list[1]![0]}`, session)).json();
    expect(second).toMatchObject({ id: list[1]![0], email: "second@acme.example" });
    expect(await (await get(server, `g/user?id=${own.id}`, session)).json()).toEqual(own);
    expect((await get(server, "g/user?id=unknown", session)).status).toBe(404);
    expect((await get(server, "g/user/list")).status).toBe(401);
  });

  test("a trailing slash returns 500, unless configured otherwise", async () => {
    expect((await get(create(), "g/device/list/")).status).toBe(500);
    expect((await get(create({ trailingSlashFails: false }), "g/device/list/")).status).toBe(404);
    expect((await get(create(), "g/nothing")).status).toBe(404);
  });
});
