import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SessionOptions } from "../../src/contract/options.ts";
import { type Schema, validate } from "../../src/contract/schema.ts";
import type { Session } from "../../src/contract/session.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { checkOptions } from "../../src/contract/settings.ts";
import { InvalidCredentials } from "../../src/errors/invalid-credentials.ts";
import { parseBaseUrl } from "../../src/net/base-url.ts";
import { createSession } from "../../src/session/create-session.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { formsOf, shown } from "../shown.ts";
import { settle } from "../virtual-clock.ts";

const PASSWORD = "Kanari-password-7Yq";
const TOKEN = "Kanari-token-Zk3";
const COOKIE = "Kanari-cookie-Qm1";
const PARAMETER = "Kanari-parameter-Vb8";
const ELSEWHERE = "Kanari-elsewhere-Lp5";
const SECRETS = [PASSWORD, TOKEN, COOKIE, PARAMETER, ELSEWHERE];

function expectNothingShown(value: unknown): void {
  const text = shown(value);
  const leaks = SECRETS.flatMap(formsOf).filter((form) => text.includes(form));
  const where = leaks.map((leak) =>
    text
      .split("\n")
      .find((line) => line.includes(leak))
      ?.slice(0, 200),
  );
  expect({ leaks, where }).toEqual({ leaks: [], where: [] });
}

async function errorOf(wait: () => unknown): Promise<unknown> {
  try {
    await wait();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

type Transport = "header" | "cookie" | "query";
const TRANSPORTS: readonly Transport[] = ["header", "cookie", "query"];
const SECRET_OF = { header: TOKEN, cookie: COOKIE, query: PARAMETER } as const;

const sessionSchema: Schema<{ session: string }> = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate(value) {
      const { session } = (value ?? {}) as { session?: unknown };
      return typeof session === "string"
        ? { value: { session } }
        : { issues: [{ message: `${JSON.stringify(value)} is wrong`, path: ["session"] }] };
    },
  },
};

function flowOf(transport: Transport, baseUrl: string): Flow<string, { name: string }> {
  return {
    vendor: "fake",
    baseUrl: new URL(baseUrl),
    async login(context) {
      const { username, password } = await context.credentials();
      const answer = await context.send("login", { json: { username, password } });
      if (answer.status === 401) {
        const { session } = answer.json(sessionSchema);
        throw new InvalidCredentials("fake", `refused: ${context.redact(session)}`, { status: 401 });
      }
      if (!answer.ok) throw answer.toError();
      return { data: answer.json(sessionSchema).session, user: { name: username } };
    },
    authorize(record) {
      if (transport === "header") return { headers: { "X-Session": record.data } };
      if (transport === "cookie") return { cookies: { sid: record.data } };
      return { searchParams: { A: record.data } };
    },
    async logout(context, record) {
      const answer = await context.send("logout", { json: { session: record.data } });
      if (!answer.ok) throw answer.toError();
    },
    parse(data) {
      if (typeof data !== "string") throw new TypeError(`${String(data)} is not a session`);
      return data;
    },
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const handlers = new Map<string, Handler>();
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const handler = handlers.get(path);
    if (handler !== undefined) handler(request, response, Buffer.concat(chunks).toString());
    else response.writeHead(404, { "set-cookie": `sid=${COOKIE}` }).end("nothing here");
  });
});
let baseUrl = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const say =
  (status: number, body: string, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(status, { "set-cookie": `sid=${COOKIE}; HttpOnly`, ...headers }).end(body);

/** The URL and the headers of a request, as a careless `fetch` would quote them. */
function quoted(input: string | URL | Request, init: RequestInit | undefined): string {
  const url = input instanceof Request ? input.url : String(input);
  const own = input instanceof Request ? [...input.headers] : [];
  return JSON.stringify([url, own, [...new Headers(init?.headers)], String(init?.body)]);
}

function networkError(what: string): TypeError {
  const cause = Object.assign(new Error(`bad header: ${what}`), {
    code: "HPE_INVALID_HEADER_TOKEN",
    data: Buffer.from(`HTTP/1.1 200 OK\r\nSet-Cookie: sid=${COOKIE}\r\n${what}`),
    headers: { cookie: `sid=${COOKIE}`, authorization: TOKEN },
  });
  return new TypeError(`failed: ${what}`, { cause: new AggregateError([cause], what, { cause }) });
}

for (const transport of TRANSPORTS) {
  describe(`with the credential in a ${transport}`, () => {
    const open = (options: Partial<SessionOptions> = {}, flow: Partial<Flow<string, { name: string }>> = {}) =>
      createSession(
        { ...flowOf(transport, baseUrl), ...flow },
        { credentials: { username: "operator", password: PASSWORD }, retry: { attempts: 1 }, ...options },
      );

    beforeEach(() => {
      handlers.clear();
      handlers.set("/login", say(200, JSON.stringify({ session: SECRET_OF[transport] })));
      handlers.set("/logout", say(204, ""));
      handlers.set("/zones", say(200, "[]"));
    });

    test("G13: a session, its fetch, its http and its info show no secret, signed in or not", async () => {
      const session = open({ store: memoryStore() });
      expectNothingShown(session);
      await session.login();
      for (const value of [session, session.fetch, session.http, session.http.extend({}), session.info, session.on]) {
        expectNothingShown(value);
      }
      expectNothingShown(await session.login());
      expectNothingShown(await session.renew());
    });

    test.each(clients)("G13: a response to $name shows neither Set-Cookie nor the credential", async (client) => {
      const call = client.open(baseUrl, open());
      handlers.set("/from", say(302, "", { location: "/zones?page=1" }));
      for (const path of ["zones", "from", "missing", "zones?A=mine"]) {
        const response = await call(path);
        expect(response.headers.getSetCookie()).toEqual([]);
        // undici does not report it.
        if (!client.usesUndici) expect([response.url, response.clone().url].join()).toContain(baseUrl);
        expectNothingShown(response);
        expectNothingShown(response.clone());
      }
    });

    test("G13: a URL that the vendor repeats does not show the credential", async () => {
      handlers.set(
        "/from",
        (request, response) => void response.writeHead(302, { location: `${request.url}&b=1` }).end(),
      );
      const response = await open().fetch("from?a=1", { redirect: "manual" });
      expect(response.headers.get("location")).toMatch(/^\/from\?a=1&b=1$/);
      expectNothingShown(response);
    });

    const logins: [string, Handler][] = [
      ["is refused with an answer that quotes the password", say(401, JSON.stringify({ session: `no: ${PASSWORD}` }))],
      ["is answered 500 with a secret", say(500, ELSEWHERE)],
      ["is answered 429 with a secret", say(429, ELSEWHERE, { "retry-after": "1" })],
      ["is answered 418 with a secret", say(418, ELSEWHERE)],
      ["is answered with malformed JSON", say(200, `{"session":"${ELSEWHERE}`, { "content-type": "application/json" })],
      ["is answered with HTML", say(200, `<p>${ELSEWHERE}</p>`, { "content-type": "text/html" })],
      ["is answered with another shape", say(200, JSON.stringify({ session: [ELSEWHERE], more: ELSEWHERE }))],
      ["is answered with too much", say(200, JSON.stringify({ session: ELSEWHERE.repeat(100_000) }))],
      ["is redirected", say(307, ELSEWHERE, { location: `/login?A=${ELSEWHERE}` })],
      ["is cut off", (_, response) => void response.socket?.destroy()],
    ];
    for (const [what, handler] of logins) {
      test(`G13: the error shows no secret when a login ${what}`, async () => {
        handlers.set("/login", handler);
        const session = open();
        for (const wait of [() => session.login(), () => session.fetch("zones"), () => session.http.get("zones")]) {
          const error = await errorOf(wait);
          expect(error).toMatchObject({ vendor: "fake" });
          expectNothingShown(error);
        }
        expectNothingShown(session);
      });
    }

    test("G13: a credential that is invalid in a header is not quoted", async () => {
      handlers.set("/login", say(200, JSON.stringify({ session: `${SECRET_OF[transport]}\r\nx: ☃` })));
      const session = open();
      if (transport === "query") await session.login();
      else expectNothingShown(await errorOf(() => session.login()));
      expectNothingShown(session);
    });

    test("G13: a login that fails after `timeout` shows no secret", async () => {
      handlers.set("/login", () => {});
      const error = await errorOf(() => open({ timeout: 30 }).login());
      expect(error).toMatchObject({ code: "vendor_unavailable" });
      expectNothingShown(error);
    });

    test("G13: a network failure of a login hides the content of its cause", async () => {
      const session = open({ fetch: async (input, init) => Promise.reject(networkError(quoted(input, init))) });
      const error = await errorOf(() => session.login());
      expect(error).toMatchObject({
        code: "vendor_unavailable",
        message: expect.stringContaining("HPE_INVALID_HEADER_TOKEN"),
      });
      expectNothingShown(error);
    });

    const failing: [string, typeof globalThis.fetch][] = [
      ["rejects", async (input, init) => Promise.reject(networkError(quoted(input, init)))],
      [
        "throws immediately",
        (input, init) => {
          throw networkError(quoted(input, init));
        },
      ],
      ["rejects with a text", async (input, init) => Promise.reject(quoted(input, init))],
    ];
    for (const [what, send] of failing) {
      for (const headers of [undefined, { "x-own": "1" }, new Headers({ cookie: "own=1" })]) {
        const kind = headers === undefined ? "no headers" : headers.constructor.name;
        test(`G13: a call with ${kind} whose fetch ${what} hides the content of the failure`, async () => {
          let signedIn = false;
          const session = open({
            fetch: (input, init) => {
              if (signedIn) return send(input, init);
              signedIn = true;
              return globalThis.fetch(input, init);
            },
          });
          await session.login();
          const init = headers === undefined ? {} : { headers };
          expectNothingShown(await errorOf(() => session.fetch("zones", init)));
          expectNothingShown(await errorOf(() => session.http.get("zones", { ...init, retry: 0 })));
        });
      }
    }

    test("G13: ky's NetworkError shows no secret", async () => {
      handlers.set("/zones", (_, response) => void response.socket?.destroy());
      const error = await errorOf(() => open().http.get("zones", { retry: 0 }));
      expect(error).toMatchObject({ name: "NetworkError" });
      expectNothingShown(error);
    });

    test("G13: ky's TimeoutError shows no secret", async () => {
      handlers.set("/zones", () => {});
      const session = open();
      await session.login();
      const error = await errorOf(() => session.http.get("zones", { retry: 0, timeout: 30 }));
      expect(error).toMatchObject({ name: "TimeoutError" });
      expectNothingShown(error);
    });

    test("G13: ky's HTTPError shows neither credential nor Set-Cookie", async () => {
      handlers.set("/from", say(302, "", { location: "/missing?page=1" }));
      const session = open();
      for (const path of ["missing", "missing?page=1#top", "from"]) {
        for (const options of [{}, { method: "post", json: { a: 1 } }, { headers: { cookie: "own=1" } }]) {
          const error = await errorOf(() => session.http(path, { retry: 0, ...options }));
          expect(error).toMatchObject({ name: "HTTPError", response: { status: 404 } });
          expectNothingShown(error);
        }
      }
    });

    test("G13: ky's hooks see no credential", async () => {
      const met: unknown[] = [];
      const http = open().http.extend({
        hooks: {
          beforeRequest: [(state) => void met.push(state)],
          afterResponse: [(state) => void met.push(state)],
          beforeError: [
            (state) => {
              met.push(state);
              return state.error;
            },
          ],
        },
      });
      await errorOf(() => http.get("missing", { retry: 0 }));
      expect(met).toHaveLength(3);
      for (const state of met) expectNothingShown(state);
    });

    for (const location of [
      `http://[?A=${ELSEWHERE}`,
      `javascript:${ELSEWHERE}`,
      `https://operator:${ELSEWHERE}@127.0.0.1/`,
      `/from?A=${ELSEWHERE}`,
      `/from?b=${ELSEWHERE}`,
    ]) {
      test(`G13: the error of a redirect to ${location} shows no secret`, async () => {
        handlers.set("/from", say(302, ELSEWHERE, { location }));
        const session = open();
        for (const wait of [() => session.fetch("from"), () => session.http.get("from", { retry: 0 })]) {
          const error = await errorOf(wait);
          expect(error).toMatchObject({ code: "unexpected_response" });
          expectNothingShown(error);
        }
      });
    }

    test("G13: the error of a stream that cannot follow a redirect shows no secret", async () => {
      handlers.set("/from", say(307, "", { location: `/zones?b=${ELSEWHERE}` }));
      const body = new Blob(["once"]).stream();
      const session = open({ replayLimit: 3 });
      const error = await errorOf(() => session.fetch("from", { method: "POST", body, duplex: "half" } as RequestInit));
      expect(error).toMatchObject({ code: "unexpected_response" });
      expectNothingShown(error);
    });

    for (const [url, code] of [
      [`https://evil.example/?A=${ELSEWHERE}#${ELSEWHERE}`, "origin_not_allowed"],
      [`//evil.example/${ELSEWHERE}`, "origin_not_allowed"],
      [`data:text/plain,${ELSEWHERE}`, "origin_not_allowed"],
      [`http://allowed.example/?A=${ELSEWHERE}`, "insecure_transport"],
    ] as const) {
      test(`G13: ${code} for ${url.slice(0, 25)}… shows only an origin`, async () => {
        const session = open({ allowedOrigins: ["http://allowed.example"] });
        for (const wait of [() => session.fetch(url), () => session.http.get(url, { retry: 0 })]) {
          const error = await errorOf(wait);
          if (url.startsWith("//")) expect(error).toBeInstanceOf(Error);
          else expect(error).toMatchObject({ code });
          // ky itself shows only the URL that its caller wrote.
          expectNothingShown(error);
        }
      });
    }

    test("G13: a URL with a password is not quoted", async () => {
      const error = await errorOf(() => open().fetch(`${baseUrl.replace("//", `//operator:${ELSEWHERE}@`)}zones`));
      expect(error).toMatchObject({ code: "invalid_options" });
      expectNothingShown(error);
    });

    test("G13: a failed sign-out shows no secret in its error and in its event", async () => {
      handlers.set("/logout", (_, response, body) => void response.writeHead(500).end(body));
      const session = open();
      const events: unknown[] = [];
      session.on("logout", (event) => events.push(event));
      await session.login();
      expectNothingShown(await errorOf(() => session.logout()));
      expect(events).toMatchObject([{ type: "logout", error: { code: "vendor_unavailable" } }]);
      for (const event of events) expectNothingShown(event);
      expectNothingShown(await errorOf(() => session.fetch("zones")));
    });

    test("G13: an error of a store that quotes the record is not quoted", async () => {
      const refuse = (operation: string) => (key: string, value?: unknown) => {
        const text = `${operation} ${key} ${String(value)} ${SECRET_OF[transport]} ${PASSWORD}`;
        return Promise.reject(Object.assign(new Error(text, { cause: text }), { value, command: [text] }));
      };
      const store: SessionStore = {
        get: refuse("get"),
        set: refuse("set"),
        delete: refuse("delete"),
        withLock: refuse("lock"),
      };
      const session = open({ store });
      const events: unknown[] = [];
      session.on("store_failed", (event) => events.push(event));
      expect((await session.fetch("zones")).status).toBe(200);
      await session.logout();
      const operations = events.map((event) => (event as { operation: string }).operation);
      expect(new Set(operations)).toEqual(new Set(["lock", "get", "set", "delete"]));
      for (const event of events) expectNothingShown(event);
    });

    test("G13: a memory store does not show its records", async () => {
      const store = memoryStore();
      await open({ store }).login();
      await open({ store }).login();
      expectNothingShown(store);
    });

    test("G13: a malformed stored record is never quoted", async () => {
      const values = new Map<string, string>();
      const store: SessionStore = {
        get: async (key) => values.get(key),
        set: async (key, value) => void values.set(key, value),
        delete: async (key) => void values.delete(key),
      };
      await open({ store }).login();
      const [key, value] = [...values][0] ?? ["", ""];
      values.set(key, JSON.stringify({ session: { ...JSON.parse(value).session, data: [ELSEWHERE] } }));
      const session = open({ store });
      const events: unknown[] = [];
      session.on("store_failed", (event) => events.push(event));
      expectNothingShown(await session.login());
      expect(events).toEqual([]);
    });
  });
}

test("G13: a cookie that is invalid in a header is not quoted, even if the vendor chose its name", async () => {
  handlers.set("/login", say(200, JSON.stringify({ session: COOKIE })));
  const session = createSession(
    {
      ...flowOf("cookie", baseUrl),
      authorize: ({ data }) => ({ cookies: { "s\u0000d": data } }),
    },
    { credentials: { username: "operator", password: PASSWORD }, retry: { attempts: 1 } },
  );
  for (const init of [{}, { headers: new Headers({ accept: "x/y" }) }]) {
    const error = await errorOf(() => session.fetch("zones", init));
    expectNothingShown(error);
  }
});

test("G13: the error for a response that is not HTTP does not show its content", async () => {
  const tcp = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () =>
      socket.end(`HTTP/1.1 200 OK\r\nSet-Cookie: sid=${COOKIE}\r\nbad header ${COOKIE}\r\n\r\n`),
    );
  });
  await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}/`;
    const raw = await globalThis.fetch(url).catch((error: unknown) => error);
    expect(shown(raw)).toContain(COOKIE);

    const options = { credentials: { username: "operator", password: PASSWORD }, retry: { attempts: 1 } };
    const error = await errorOf(() => createSession(flowOf("cookie", url), options).login());
    expect(error).toMatchObject({ code: "vendor_unavailable" });
    expectNothingShown(error);

    const flow = { ...flowOf("cookie", url), login: async () => ({ data: COOKIE, user: { name: "operator" } }) };
    const session = createSession(flow, options);
    for (const { open } of clients) expectNothingShown(await errorOf(() => open(url, session)("zones")));
  } finally {
    tcp.close();
  }
});

test("G13: no event shows a secret", async () => {
  const vendor = fakeVendor();
  vendor.password = PASSWORD;
  const types = [
    "login_started",
    "login",
    "login_failed",
    "renewed",
    "renewal_failed",
    "rejected",
    "rotated",
    "expired",
    "logout",
    "store_failed",
  ] as const;
  const events: { type: string }[] = [];
  const give = (token: string) => () =>
    new Response("{}", { headers: { "x-token": token, "x-expires-at": String(vendor.clock.now() + 60_000) } });
  const values = memoryStore();
  let isBroken = false;
  const store: SessionStore = {
    ...values,
    get: async (key) => (isBroken ? Promise.reject(new Error(TOKEN)) : values.get(key)),
  };
  const session: Session<unknown> = vendor.session(
    { store, credentials: { username: "operator", password: PASSWORD }, renewBefore: 20_000, retry: { attempts: 1 } },
    { rotate: (response) => response.headers.get("x-rotated") ?? undefined },
  );
  for (const type of types) session.on(type, (event) => events.push(event));

  vendor.next("/login", give(TOKEN));
  vendor.next("/a", () => new Response(null, { headers: { "x-rotated": `${TOKEN}-rotated` } }));
  await session.fetch("a");
  vendor.next("/b", () => new Response(ELSEWHERE, { status: 401 }));
  vendor.next("/login", give(`${TOKEN}-second`));
  vendor.next("/b", () => new Response(null));
  await session.fetch("b");
  await vendor.clock.advance(45_000);
  vendor.next("/login", () => new Response(ELSEWHERE, { status: 500 }));
  vendor.next("/c", () => new Response(null));
  await session.fetch("c");
  await settle();
  await vendor.clock.advance(1_000);
  vendor.next("/login", give(`${TOKEN}-third`));
  await session.renew();
  await vendor.clock.advance(60_000);
  vendor.next("/login", give(`${TOKEN}-fourth`));
  vendor.next("/d", () => new Response(null));
  await session.fetch("d");
  isBroken = true;
  vendor.next("/logout", () => new Response(`${TOKEN}-fourth`, { status: 400 }));
  await errorOf(() => session.logout());

  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(types));
  for (const event of events) expectNothingShown(event);
});

test("G13: malformed options and responses are named, not quoted", async () => {
  const credentials = { username: "operator", password: PASSWORD };
  const rubbish: (() => unknown)[] = [
    () => parseBaseUrl("fake", `https://operator:${ELSEWHERE}@vendor.example`),
    () => parseBaseUrl("fake", `https://operator:${ELSEWHERE}@ven dor.example`),
    () => parseBaseUrl("fake", `https://vendor.example/?A=${ELSEWHERE}`),
    () => parseBaseUrl("fake", `${ELSEWHERE}@vendor.example`),
    () => checkOptions("fake", { credentials: { username: 1, password: PASSWORD } as never }),
    () => checkOptions("fake", { credentials: PASSWORD as never }),
    () => checkOptions("fake", { credentials, userAgent: `${ELSEWHERE}\n` }),
    () => checkOptions("fake", { credentials, allowedOrigins: [`https://operator:${ELSEWHERE}@vendor.example`] }),
    () => checkOptions("fake", { credentials, timeout: ELSEWHERE as never }),
    () => validate(sessionSchema, { session: 1, more: ELSEWHERE }, "fake", "the answer"),
  ];
  for (const make of rubbish) expectNothingShown(await errorOf(make));
});
