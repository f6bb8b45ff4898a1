import { describe, expect, test } from "vitest";
import { createAlertSiteServer, createAltaServer, createEagleEyeServer } from "../src/index.ts";
import { held } from "./held.ts";
import { call, cookiesOf, form, json } from "./requests.ts";

const login = "api/v1/dologin";

describe("a scripted response", () => {
  test("applies once, to the next request", async () => {
    const alta = createAltaServer();
    alta.script({ status: 503, headers: { "retry-after": "7" }, body: "later" });
    const first = await call(alta, login, json(alta.account));
    expect([first.status, first.headers.get("retry-after"), await first.text()]).toEqual([503, "7", "later"]);
    expect((await call(alta, login, json(alta.account))).status).toBe(200);
  });

  test("can apply to several requests", async () => {
    const alta = createAltaServer();
    alta.script({ status: 500, times: 2 });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await call(alta, login, json(alta.account))).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  test("stays in the queue until its request arrives", async () => {
    const alta = createAltaServer();
    alta.script({ status: 500, when: ({ path }) => path.endsWith("/devices") });
    alta.script({ status: 502, when: ({ method }) => method === "POST" });
    expect((await call(alta, "api/v1/me")).status).toBe(401);
    expect((await call(alta, login, json(alta.account))).status).toBe(502);
    expect((await call(alta, "api/v1/devices")).status).toBe(500);
  });

  test("prevents the vendor from acting", async () => {
    const alta = createAltaServer();
    alta.script({ status: 200, body: "{}" });
    await call(alta, login, json(alta.account));
    expect([alta.loginAttempts, alta.logins, alta.sessions]).toEqual([1, 0, 0]);
  });

  test("lets the vendor act first if it has `after`", async () => {
    const eagleeye = createEagleEyeServer();
    const { token } = (await (await call(eagleeye, "g/aaa/authenticate", form(eagleeye.account))).json()) as {
      token: string;
    };
    eagleeye.script({ after: true, status: 502 });
    expect((await call(eagleeye, "g/aaa/authorize", form({ token }))).status).toBe(502);
    expect(eagleeye.sessions).toBe(1);
    // The lost response has used up the token.
    expect((await call(eagleeye, "g/aaa/authorize", form({ token }))).status).toBe(401);
  });

  test("of bytes arrives unchanged, valid or not", async () => {
    const alta = createAltaServer();
    alta.script({ body: new Uint8Array([0xff, 0x7b]) });
    const response = await call(alta, login, json(alta.account));
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0xff, 0x7b]);
    alta.script({ body: '{"metadata":' });
    await expect((await call(alta, login)).json()).rejects.toThrow(SyntaxError);
  });

  test("of headers alone is added to the vendor's response", async () => {
    const alta = createAltaServer();
    alta.script({ headers: [["set-cookie", "extra=1"]] });
    const response = await call(alta, login, json(alta.account));
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^va=/), "extra=1"]);
  });

  test("of headers alone overrides the vendor's headers", async () => {
    const alta = createAltaServer();
    alta.script({ headers: { "content-type": "text/plain" } });
    expect((await call(alta, "x")).headers.get("content-type")).toBe("text/plain");
  });

  test("is removed by a reset", async () => {
    const alta = createAltaServer();
    alta.script({ status: 500 });
    alta.reset();
    expect((await call(alta, "api/v1/me")).status).toBe(401);
  });
});

describe("a delay", () => {
  test("delays the vendor's response until its promise resolves", async () => {
    const alta = createAltaServer();
    const { promise, release } = held();
    alta.script({ delay: promise });
    const pending = call(alta, login, json(alta.account));
    await expect.poll(() => alta.requests.length).toBe(1);
    expect([alta.sessions, alta.requests[0]!.status]).toEqual([0, undefined]);
    release();
    expect((await pending).status).toBe(200);
    expect(alta.requests[0]!.status).toBe(200);
  });

  test("with `after` delays a response that already exists", async () => {
    const alta = createAltaServer();
    const session = cookiesOf(await call(alta, login, json(alta.account)));
    const { promise, release } = held();
    alta.script({ after: true, delay: promise });
    const pending = call(alta, "api/v1/me", { headers: session });
    await call(alta, "api/v1/logout", { method: "POST", headers: session });
    release();
    expect((await pending).status).toBe(200);
  });

  test("without `after` lets the vendor act when the delay ends", async () => {
    const alta = createAltaServer();
    const session = cookiesOf(await call(alta, login, json(alta.account)));
    const { promise, release } = held();
    alta.script({ delay: promise });
    const pending = call(alta, "api/v1/me", { headers: session });
    alta.revokeAll();
    release();
    expect((await pending).status).toBe(401);
  });

  test("ends if its promise rejects", async () => {
    const alta = createAltaServer();
    alta.script({ delay: Promise.reject(new Error("no")), status: 418 });
    expect((await call(alta, "x")).status).toBe(418);
  });

  test("can be a number of milliseconds", async () => {
    const alta = createAltaServer();
    alta.script({ delay: 1, status: 418 });
    expect((await call(alta, "x")).status).toBe(418);
  });
});

describe("a broken connection", () => {
  test("before the headers rejects like fetch, and the vendor has not acted", async () => {
    const alta = createAltaServer();
    alta.script({ drop: "before-headers" });
    const broken = call(alta, login, json(alta.account));
    await expect(broken).rejects.toThrow(new TypeError("fetch failed"));
    await expect(broken).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(alta.sessions).toBe(0);
    expect(alta.requests[0]).not.toHaveProperty("status");
  });

  test("before the headers rejects after the vendor has acted", async () => {
    const alta = createAltaServer();
    alta.script({ drop: "before-headers", after: true });
    await expect(call(alta, login, json(alta.account))).rejects.toThrow("fetch failed");
    expect(alta.sessions).toBe(1);
  });

  test("in the body delivers the headers and half of the vendor's response", async () => {
    const alertsite = createAlertSiteServer();
    alertsite.script({ drop: "in-body" });
    const response = await call(alertsite, "login", json({ login: "x", password: "y" }));
    expect(response.status).toBe(200);
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^\{"metadata":/);
    await expect(reader.read()).rejects.toThrow(new TypeError("terminated"));
  });

  test("in an empty body also rejects", async () => {
    const alta = createAltaServer();
    alta.script({ drop: "in-body", status: 200 });
    await expect((await call(alta, "x")).text()).rejects.toThrow("terminated");
  });

  test("that stalls does not respond until the client closes it", async () => {
    const alta = createAltaServer();
    alta.script({ stall: "before-headers" });
    const abort = new AbortController();
    const pending = call(alta, "x", { signal: abort.signal });
    await expect.poll(() => alta.requests.length).toBe(1);
    abort.abort(new Error("left"));
    await expect(pending).rejects.toThrow("left");
  });
});

describe("the log", () => {
  test("contains all received requests, oldest first", async () => {
    const alta = createAltaServer();
    await call(alta, `${login}?next=1`, json({ username: "ü", password: "x" }, { "x-test": "yes" }));
    await call(alta, "api/v1/me");
    expect(alta.requests).toMatchObject([
      {
        method: "POST",
        path: "/api/v1/dologin",
        url: `${alta.baseUrl}/api/v1/dologin?next=1`,
        body: '{"username":"ü","password":"x"}',
        status: 401,
      },
      { method: "GET", path: "/api/v1/me", body: "", status: 401 },
    ]);
    expect(alta.requests[0]!.headers.get("x-test")).toBe("yes");
  });

  test("has the clock's times", async () => {
    const alta = createAltaServer({ clock: { now: () => 77, advance: () => {} } });
    await call(alta, "x");
    expect(alta.requests[0]!.at).toBe(77);
  });

  test("can be cleared without the login counts", async () => {
    const alta = createAltaServer();
    await call(alta, login, json(alta.account));
    await call(alta, login, json({ ...alta.account, password: "wrong" }));
    alta.clearRequests();
    expect(alta.requests).toHaveLength(0);
    expect([alta.logins, alta.loginAttempts]).toEqual([1, 2]);
  });

  test("is cleared by reset, with sessions, counts, accounts and passwords", async () => {
    const alta = createAltaServer();
    await call(alta, login, json(alta.account));
    alta.addAccount({ username: "new", password: "one" });
    alta.setPassword(alta.account.username, "other");
    alta.reset();
    expect([alta.logins, alta.loginAttempts, alta.sessions, alta.requests.length]).toEqual([0, 0, 0, 0]);
    expect((await call(alta, login, json({ username: "new", password: "one" }))).status).toBe(401);
    expect((await call(alta, login, json(alta.account))).status).toBe(200);
  });

  test("rejects a password for an unknown user", () => {
    expect(() => createAltaServer().setPassword("nobody", "x")).toThrow("There is no account");
  });
});
