import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { FindFaceDeviceSession, FindFaceSession } from "../src/index.ts";
import { install } from "./installation.ts";
import { accepted, host, newSession, onLogin, refusal, showsSecret, token1, token2, uuid } from "./vendor.ts";

const one: FindFaceDeviceSession = {
  id: "a1",
  status: "online",
  active: true,
  uuid,
  mobile: false,
  device_info: { model: "gate 3" },
  ip: "192.0.2.17",
  last_ping_date: "2030-01-01T00:00:00.000Z",
  user__username: "operator",
  created_date: "2029-12-31T00:00:00.000Z",
  user_id: 1,
};
const another: FindFaceDeviceSession = { ...one, id: 2, status: "blocked", uuid: "another" };
const page = (results: unknown[], next: unknown = null) => ({ next_page: next, prev_page: null, results });

describe("sessions.list", () => {
  useNock();

  /** Expects a request for one page. */
  function onPage(cursor?: string): nock.Interceptor {
    const scope = nock(host).get("/sessions/");
    return (cursor === undefined ? scope : scope.query({ page: cursor })).matchHeader("authorization", /^Token /);
  }

  it("returns the documented list, with undocumented keys", async () => {
    onLogin(200, accepted());
    const more = { ...another, device_info: null, ip: null, last_ping_date: null, agent: "x" };
    onPage().reply(200, page([one, more]));
    const list = await newSession().sessions.list();
    expect(list).toEqual([one, more]);
  });

  it("follows the pages to their end", async () => {
    onLogin(200, accepted());
    onPage().reply(200, page([one], "cD0y&x"));
    onPage("cD0y&x").reply(200, page([another], 3));
    onPage("3").reply(200, page([], ""));
    expect(await newSession().sessions.list()).toEqual([one, another]);
  });

  it("reads the cursor from a URL in `next_page`, and never calls the host of that URL", async () => {
    onLogin(200, accepted());
    onPage().reply(200, page([one], "https://internal.findface.example/api/sessions/?limit=2&page=cD0y%26x%3D#top"));
    onPage("cD0y&x=").reply(200, page([another], "/sessions/?page=3"));
    onPage("3").reply(200, page([], "?page=4"));
    onPage("4").reply(200, page([]));
    expect(await newSession().sessions.list()).toEqual([one, another]);
  });

  it.each(["https://findface.example/sessions/?limit=2", "?page=", "?page#page=2"])(
    "is unexpected_response for a URL without a cursor: %s",
    async (next) => {
      onLogin(200, accepted());
      onPage().reply(200, page([one], next));
      await expect(newSession().sessions.list()).rejects.toMatchObject({
        code: "unexpected_response",
        paths: ["next_page"],
      });
    },
  );

  it("does not follow URLs that lead back", async () => {
    onLogin(200, accepted());
    onPage().reply(200, page([one], `${host}/sessions/?page=x`));
    onPage("x").reply(200, page([one], `${host}/sessions/?page=x&limit=2`));
    await expect(newSession().sessions.list()).rejects.toMatchObject({ code: "unexpected_response" });
  });

  it("accepts a list without pages", async () => {
    onLogin(200, accepted());
    onPage().reply(200, [one]);
    expect(await newSession().sessions.list()).toEqual([one]);
  });

  it("does not follow pages that lead back", async () => {
    onLogin(200, accepted());
    onPage().reply(200, page([one], "x"));
    onPage("x").reply(200, page([one], "x"));
    await expect(newSession().sessions.list()).rejects.toMatchObject({
      code: "unexpected_response",
      paths: ["next_page"],
    });
  });

  it("stops at a limit of pages for any response", async () => {
    let count = 0;
    const next = () => (++count < 2000 ? `page-${count}` : null);
    const fetch: typeof globalThis.fetch = async (input) =>
      Response.json(String(input).includes("/auth/") ? accepted() : page([], next()));
    await expect(newSession({ fetch }).sessions.list()).rejects.toMatchObject({ code: "unexpected_response" });
    expect(count).toBeGreaterThanOrEqual(1000);
  });

  it.each<[string, nock.Body, string[]]>([
    ["HTML", "<html>", []],
    ["truncated JSON", '{"results":[', []],
    ["a text", '"x"', [""]],
    ["no results", { next_page: null }, ["results"]],
    [
      "a record of another shape",
      page([one, { ...one, id: null, uuid: token1.length }]),
      ["results.1.id", "results.1.uuid"],
    ],
    ["a whole list of another shape", [{ ...one, status: 1 }], ["results.0.status"]],
    ["another cursor", page([], { at: 1 }), ["next_page"]],
  ])("is unexpected_response with the paths, for %s", async (_, body, paths) => {
    onLogin(200, accepted());
    onPage().reply(200, body);
    await expect(newSession().sessions.list()).rejects.toMatchObject({ code: "unexpected_response", paths });
  });
});

describe("sessions.end", () => {
  useNock();

  it("posts the ids", async () => {
    onLogin(200, accepted());
    nock(host)
      .post("/sessions/delete/", { id_in: ["a1", 2] })
      .matchHeader("content-type", "application/json")
      .matchHeader("authorization", `Token ${token1}`)
      .reply(204);
    expect(await newSession().sessions.end([one.id, another.id])).toBeUndefined();
  });

  it("does nothing without an id, even after logout()", async () => {
    const session = newSession();
    await session.sessions.end([]);
    await session.logout();
    await session.sessions.end([]);
  });

  it.each([undefined, "a1", [""], [one], [1.5], [null]])("requires a list of ids: not %j", async (ids) => {
    const error = await newSession()
      .sessions.end(ids as string[])
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "invalid_options" });
  });

  it("is sent again after one login if the session has expired", async () => {
    onLogin(200, accepted(token1));
    onLogin(200, accepted(token2));
    const path = "/sessions/delete/";
    const body = { id_in: ["a1"] };
    nock(host).post(path, body).matchHeader("authorization", `Token ${token1}`).reply(401, refusal("UNAUTHORIZED", ""));
    nock(host).post(path, body).matchHeader("authorization", `Token ${token2}`).reply(204);
    await newSession().sessions.end(["a1"]);
  });
});

describe("sessions.list and sessions.end", () => {
  useNock();

  const calls: [
    string,
    (session: FindFaceSession, signal?: AbortSignal) => Promise<unknown>,
    () => nock.Interceptor,
  ][] = [
    ["list", ({ sessions }, signal) => sessions.list(signal && { signal }), () => nock(host).get("/sessions/")],
    [
      "end",
      ({ sessions }, signal) => sessions.end(["a1"], signal && { signal }),
      () => nock(host).post("/sessions/delete/"),
    ],
  ];
  const refused: [number, unknown, object][] = [
    [400, refusal("BAD_PARAM", token1, { param: token1 }), { code: "invalid_request", fields: {} }],
    [401, refusal("LICENSE_ERROR", token1), { code: "account_unavailable", reason: "license" }],
    [403, refusal("LICENSE_ERROR", token1), { code: "account_unavailable", reason: "license" }],
    [403, refusal("PERMISSION_DENIED", token1), { code: "account_unavailable", reason: "disabled" }],
    [404, refusal("NOT_FOUND", token1), { code: "unexpected_response" }],
    [429, token1, { code: "rate_limited", retryAfter: 7000 }],
    [503, token1, { code: "vendor_unavailable", retryable: true }],
  ];

  it.each(calls.flatMap(([name, call, on]) => refused.map((row) => [name, row[0], row[2], row[1], call, on] as const)))(
    "throw an error without a text of the vendor: %s, %i is %j",
    async (_, status, expected, body, call, on) => {
      onLogin(200, accepted());
      on().reply(status, body as nock.Body, { "retry-after": "7" });
      const error = await call(newSession()).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ ...expected, status, vendor: "findface" });
      expect(showsSecret(error)).toBe(false);
    },
  );

  it.each(calls)("fail with unexpected_response if a new session is rejected too: %s", async (_, call, on) => {
    for (const token of [token1, token2]) {
      onLogin(200, accepted(token));
      on().reply(401, refusal("UNAUTHORIZED", "Invalid token."));
    }
    await expect(call(newSession())).rejects.toMatchObject({ code: "unexpected_response", status: 401 });
  });

  it.each(calls)(
    "fail with vendor_unavailable without a response, and without the error of the network: %s",
    async (_, call, on) => {
      onLogin(200, accepted());
      on().replyWithError(new Error(token1));
      const error = await call(newSession()).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "vendor_unavailable", retryable: true });
      expect(showsSecret(error)).toBe(false);
    },
  );

  it.each(calls)("fail with the error of the login: %s", async (_, call) => {
    const broken = new TypeError("no camera");
    await expect(call(newSession({ credentials: () => Promise.reject(broken) }))).rejects.toBe(broken);
    const session = newSession();
    await session.logout();
    await expect(call(session)).rejects.toMatchObject({ code: "session_closed" });
  });

  it.each(calls)("fail with the caller's abort reason: %s", async (_, call) => {
    onLogin(200, accepted());
    const leave = new AbortController();
    const reason = new Error("enough");
    const session = newSession({
      fetch: (input, init) => {
        if (String(input).includes("/sessions/")) leave.abort(reason);
        return globalThis.fetch(input, init);
      },
    });
    await expect(call(session, leave.signal)).rejects.toBe(reason);
  });
});

describe("the sessions of devices, over sockets", () => {
  it.each([{ pageLinks: "url" }, { pageLinks: "cursor" }, { sessionList: "array" }, { sessionId: "number" }] as const)(
    "are listed, more than one page of them, and ended: %o",
    async (options) => {
      const at = await install(options);
      for (let device = 0; device < 44; device++) await at.session({ uuid: `device-${device}` }).login();
      const session = at.session({ uuid: "mine" });
      const all = await session.sessions.list();
      expect(all).toHaveLength(45);
      expect(new Set(all.map(({ id }) => id)).size).toBe(45);
      expect(all.at(-1)).toMatchObject({ uuid: "mine", status: "online", user__username: at.server.account.username });
      await session.sessions.end(all.filter(({ uuid: of }) => of !== "mine").map(({ id }) => id));
      expect((await session.sessions.list()).map(({ uuid: of }) => of)).toEqual(["mine"]);
      expect(at.server.logins).toBe(45);
    },
  );

  it("are listed even if a person takes longer than `timeout` to sign in again", async () => {
    const at = await install({ mode: "face" });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const face = async () => {
      await vi.advanceTimersByTimeAsync(1_200);
      return at.video();
    };
    // In process: the timers of a socket would advance too.
    const { fetch, baseUrl } = at.server;
    const session = at.faceSession({ timeout: 1_000, face, fetch, baseUrl });
    await session.login();
    at.server.revokeAll();
    expect(await session.sessions.list()).toHaveLength(1);
    expect(at.server.logins).toBe(2);
  });

  it("can include this session: the next call signs in again", async () => {
    const at = await install();
    const session = at.session();
    const all = await session.sessions.list();
    await session.sessions.end(all.map(({ id }) => id));
    expect(at.server.sessions).toBe(0);
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(at.server.logins).toBe(2);
  });

  it("are not listed without the permission", async () => {
    const at = await install({ account: { username: "u", password: "made-up", permissions: [] } });
    await expect(at.session().sessions.list()).rejects.toMatchObject({ code: "account_unavailable", status: 403 });
  });
});
