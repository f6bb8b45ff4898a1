import nock from "nock";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSession, type Flow, type Schema } from "../../src/flow.ts";
import { InvalidCredentials, type SessionOptions } from "../../src/index.ts";

const ORIGIN = "https://vendor.example";

const tokenSchema: Schema<{ token: string }> = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: (value) =>
      typeof (value as { token?: unknown } | null)?.token === "string"
        ? { value: value as { token: string } }
        : { issues: [{ message: "not a text", path: ["token"] }] },
  },
};

/** A minimal vendor package. */
const flow: Flow<string, { login: string }> = {
  vendor: "sample",
  baseUrl: new URL(`${ORIGIN}/api/`),
  async login(context) {
    const { username, password } = await context.credentials();
    const answer = await context.send("login", { json: { username, password } });
    if (answer.status === 401) throw new InvalidCredentials("sample", "the password was refused.", { status: 401 });
    if (!answer.ok) throw answer.toError();
    return { data: answer.json(tokenSchema).token, user: { login: username } };
  },
  authorize: ({ data }) => ({ headers: { "X-Token": data } }),
  async logout(context, { data }) {
    const answer = await context.send("logout", { headers: { "X-Token": data } });
    if (!answer.ok) throw answer.toError();
  },
  parse(data) {
    if (typeof data !== "string") throw new TypeError("not a token");
    return data;
  },
};
const CREDENTIALS = { username: "operator", password: "made-up-password" };
const open = (options: Partial<SessionOptions> = {}) => createSession(flow, { credentials: CREDENTIALS, ...options });

const login = (token: string) => nock(ORIGIN).post("/api/login", CREDENTIALS).reply(200, { token });
const zones = (token: string) => nock(ORIGIN).get("/api/zones").matchHeader("x-token", token);

beforeAll(() => {
  if (!nock.isActive()) nock.activate();
});
// Otherwise, the next test files of this worker would send real requests through nock, which breaks long bodies.
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  expect(pending).toEqual([]);
});

test("a session over the global fetch signs in, calls, signs in again after a 401, and signs out", async () => {
  login("made-up-1");
  zones("made-up-1").reply(200, [1]);
  const session = open();
  expect(await session.http.get("zones").json()).toEqual([1]);

  zones("made-up-1").reply(401);
  login("made-up-2");
  zones("made-up-2").reply(200, [2]);
  expect(await (await session.fetch("/zones")).json()).toEqual([2]);
  expect(session.info).toMatchObject({ vendor: "sample", account: "operator", user: { login: "operator" } });

  nock(ORIGIN).post("/api/logout").matchHeader("x-token", "made-up-2").reply(204);
  await session.logout();
  await expect(session.fetch("zones")).rejects.toMatchObject({ code: "session_closed" });
});

test("the global fetch is looked up at each request: a session created before the interceptor is intercepted", async () => {
  nock.restore();
  const session = open();
  nock.activate();
  login("made-up-1");
  zones("made-up-1").reply(200, [1]);
  expect((await session.fetch("zones")).status).toBe(200);
});

test("the user agent and the other sent headers are as documented", async () => {
  nock(ORIGIN, {
    reqheaders: { "user-agent": "vms-sample", "content-type": "application/json", accept: "application/json" },
  })
    .post("/api/login", CREDENTIALS)
    .reply(200, { token: "made-up-1" });
  nock(ORIGIN, { reqheaders: { "user-agent": "vms-sample", "x-token": "made-up-1" } })
    .post("/api/zones", { name: "gate" })
    .reply(201);
  expect((await open().http.post("zones", { json: { name: "gate" } })).status).toBe(201);
});

test("a wrong password costs one request", async () => {
  nock(ORIGIN).post("/api/login").reply(401, { message: "no" });
  const session = open();
  await expect(session.fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials" });
  await expect(session.fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials" });
});

test("a network error is retried, and is then vendor_unavailable", async () => {
  const retry = { attempts: 2, minDelay: 1, maxDelay: 1 };
  nock(ORIGIN)
    .post("/api/login")
    .replyWithError(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
  login("made-up-1");
  zones("made-up-1").reply(200, [1]);
  expect((await open({ retry }).fetch("zones")).status).toBe(200);

  nock(ORIGIN).post("/api/login").times(2).reply(503);
  await expect(open({ retry }).fetch("zones")).rejects.toMatchObject({ code: "vendor_unavailable", status: 503 });
});

test("a redirect to the same origin keeps the credential, and one to another origin does not", async () => {
  login("made-up-1");
  zones("made-up-1").reply(302, undefined, { location: "/api/moved" });
  nock(ORIGIN)
    .get("/api/moved")
    .matchHeader("x-token", "made-up-1")
    .reply(302, undefined, { location: "https://cdn.example/clip" });
  nock("https://cdn.example", { badheaders: ["x-token", "cookie", "authorization"] })
    .get("/clip")
    .reply(200, "clip");
  expect(await (await open().fetch("zones")).text()).toBe("clip");
});
