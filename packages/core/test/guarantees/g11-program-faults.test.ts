import { Readable } from "node:stream";
import * as undici7 from "undici";
import * as undici8 from "undici8";
import { describe, expect, test, vi } from "vitest";
import type { Session } from "../../src/contract/session.ts";
import { InvalidCredentials } from "../../src/errors/invalid-credentials.ts";
import { sessionInterceptor } from "../../src/node.ts";
import { callVendor } from "../../src/request/call-vendor.ts";
import { followingClients } from "../clients.ts";
import { CREDENTIALS, type FakeVendor, fakeVendor, ORIGIN } from "../fake-vendor.ts";
import { shown } from "../shown.ts";

const faults: readonly (readonly [name: string, make: () => unknown])[] = [
  ["a ReferenceError", () => new ReferenceError("audit is not defined")],
  ["a TypeError of its own", () => new TypeError("Cannot read properties of null (reading 'trim')")],
  [
    "a framework's error with a digest",
    () => Object.assign(new Error("Dynamic server usage"), { digest: "DYNAMIC_SERVER_USAGE" }),
  ],
  [
    "a framework's error with a code",
    () => Object.assign(new Error("Route /zones is static"), { code: "NEXT_STATIC_GEN_BAILOUT" }),
  ],
  ["an error about a file", () => Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "open" })],
  ["a text", () => "stop"],
  ["nothing", () => undefined],
];

function raise(error: Error): never {
  throw error;
}

/** Returns the reason of a rejected promise. */
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("it should have failed"),
    (reason: unknown) => reason,
  );

/** A session whose `fetch` throws what `broken.fault` makes, before or after it has sent the request. */
function brokenSession(vendor: FakeVendor, when: "before" | "after" = "before", flow = {}) {
  const broken = { fault: undefined as (() => unknown) | undefined, tries: 0 };
  const session = vendor.session(
    {
      fetch: async (input, init) => {
        broken.tries++;
        if (when === "before" && broken.fault !== undefined) throw broken.fault();
        const response = await vendor.fetch(input, init);
        if (broken.fault !== undefined) throw broken.fault();
        return response;
      },
    },
    flow,
  );
  return { session, broken };
}

const calls: Readonly<Record<string, (session: Session, vendor: FakeVendor) => Promise<unknown>>> = {
  ...Object.fromEntries(
    followingClients.map(({ name, open }) => [
      name,
      (session: Session, vendor: FakeVendor) => open(vendor, session)("zones"),
    ]),
  ),
  callVendor: (session) => callVendor(session, "zones"),
};

for (const [name, make] of faults) {
  for (const [by, call] of Object.entries(calls)) {
    test(`G11: ${by}: ${name} thrown by the user's fetch reaches the caller as the same object`, async () => {
      const vendor = fakeVendor();
      const { session, broken } = brokenSession(vendor);
      await session.login();
      const fault = make();
      broken.fault = () => fault;
      expect(await reasonOf(call(session, vendor))).toBe(fault);
      broken.fault = undefined;
      await call(session, vendor);
      expect(vendor.logins).toBe(1);
    });

    test(`G11: ${by}: ${name} during a login reaches the caller as the same object, and causes no delay`, async () => {
      const vendor = fakeVendor();
      const { session, broken } = brokenSession(vendor);
      const fault = make();
      broken.fault = () => fault;
      expect(await reasonOf(call(session, vendor))).toBe(fault);
      expect(broken.tries).toBe(1);
      expect(vendor.clock.pending).toBe(0);
      broken.fault = undefined;
      await call(session, vendor);
      expect(vendor.logins).toBe(1);
    });
  }

  test(`G11: login(), renew() and logout() throw ${name} of the user's fetch as the same object, after one attempt`, async () => {
    const vendor = fakeVendor();
    const { session, broken } = brokenSession(vendor);
    const fault = make();
    for (const act of ["login", "renew", "logout"] as const) {
      if (act !== "login") await session.login();
      broken.fault = () => fault;
      broken.tries = 0;
      expect(await reasonOf(session[act]())).toBe(fault);
      expect(broken.tries).toBe(1);
      broken.fault = undefined;
    }
  });
}

for (const [version, undici] of [
  ["7", undici7],
  ["8", undici8 as unknown as typeof undici7],
] as const) {
  for (const [how, fail] of [
    ["throws", (_handler: undici7.Dispatcher.DispatchHandler, fault: Error) => raise(fault)],
    [
      "reports",
      (handler: undici7.Dispatcher.DispatchHandler, fault: Error) => {
        handler.onResponseError?.(null as never, fault);
        return true;
      },
    ],
  ] as const) {
    test(`G11: sessionInterceptor, undici ${version}: an error that a dispatcher ${how} reaches the caller as the same object, and ends no session`, async () => {
      const vendor = fakeVendor();
      const session = vendor.session();
      const fault = new ReferenceError("audit is not defined");
      const dispatcher = new undici.Agent().compose(
        () => (_options, handler) => fail(handler, fault),
        sessionInterceptor(session),
      );
      for (const _ of ["without a session", "with a session"]) {
        expect(await reasonOf(undici.request(`${ORIGIN}/zones`, { dispatcher }))).toBe(fault);
      }
      expect(vendor.logins).toBe(1);
      expect(session.info).toBeDefined();
    });

    test(`G13: sessionInterceptor, undici ${version}: an error that a dispatcher ${how}, and that quotes the credential, is hidden`, async () => {
      const vendor = fakeVendor();
      const session = vendor.session();
      const dispatcher = new undici.Agent().compose(
        () => (options, handler) => fail(handler, Object.assign(new RangeError("refused"), { options })),
        sessionInterceptor(session),
      );
      const error = await reasonOf(undici.request(`${ORIGIN}/zones`, { dispatcher }));
      expect(error).toMatchObject({ name: "RangeError", message: expect.stringContaining("is hidden") });
      expect(shown(error)).not.toContain([...vendor.live][0]);
    });
  }

  test(`G11: sessionInterceptor, undici ${version}: an error of the user's fetch in a login reaches the caller as the same object`, async () => {
    const { session, broken } = brokenSession(fakeVendor());
    const fault = new ReferenceError("audit is not defined");
    broken.fault = () => fault;
    const dispatcher = new undici.Agent().compose(sessionInterceptor(session));
    expect(await reasonOf(undici.request(`${ORIGIN}/zones`, { dispatcher }))).toBe(fault);
    expect(broken.tries).toBe(1);
  });
}

test("G11: callVendor without a login throws an error of the user's fetch as the same object", async () => {
  const vendor = fakeVendor();
  const { session, broken } = brokenSession(vendor);
  await session.login();
  const fault = new ReferenceError("audit is not defined");
  broken.fault = () => fault;
  expect(await reasonOf(callVendor(session, "zones", { login: false }))).toBe(fault);
});

test("G17: a program that fails after each sent login signs in no more often than the budget allows", async () => {
  const vendor = fakeVendor();
  const { session, broken } = brokenSession(vendor, "after");
  broken.fault = () => new ReferenceError("audit is not defined");
  for (let second = 0; second < 300; second++) {
    expect(await reasonOf(session.fetch("zones"))).toBeInstanceOf(ReferenceError);
    await vendor.clock.advance(1_000);
  }
  expect(vendor.logins).toBe(1 + 5 + 24);
  broken.fault = undefined;
  await vendor.clock.advance(12_000);
  expect((await session.fetch("zones")).status).toBe(200);
});

test("G11: an error in the second step of a login abandons the session that the first step opened", async () => {
  const vendor = fakeVendor();
  const ended: string[] = [];
  const { session, broken } = brokenSession(vendor, "before", {
    async login(context: Parameters<FakeVendor["flow"]["login"]>[0]) {
      const { data, user } = await vendor.flow.login(context);
      (context.draft as { token?: string }).token = data;
      broken.fault = () => fault;
      await context.send("second-step");
      return { data, user };
    },
    async abandon(context: Parameters<FakeVendor["flow"]["login"]>[0], { token }: { token: string }) {
      broken.fault = undefined;
      await context.send("logout", { headers: { authorization: `Bearer ${token}` } });
      ended.push(token);
    },
  });
  const fault = new ReferenceError("audit is not defined");
  expect(await reasonOf(session.login())).toBe(fault);
  await vendor.clock.advance(0);
  expect(ended).toEqual(["token-1"]);
  expect(vendor.live.size).toBe(0);
});

test("G11: an error during an extension does not lead to a login", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 100_000;
  const fault = new ReferenceError("audit is not defined");
  vendor.next("/extend", () => Promise.reject(fault));
  const session = vendor.session(
    {},
    {
      async extend(context) {
        await context.send("extend");
        return {};
      },
    },
  );
  const failures: unknown[] = [];
  session.on("renewal_failed", ({ error }) => failures.push(error));
  await session.login();
  await vendor.clock.advance(99_000);
  await session.fetch("zones");
  await vendor.clock.advance(0);
  expect(failures).toEqual([fault]);
  expect(vendor.logins).toBe(1);
});

describe("G13: an error that quotes a secret", () => {
  const quoting: Readonly<Record<string, (secret: string) => object>> = {
    "in its message": (secret) => new RangeError(`cannot send ${secret}`),
    "in a cause of its cause": (secret) =>
      new RangeError("a", { cause: new Error("b", { cause: Object.assign(new Error("c"), { input: secret }) }) }),
    "in a property": (secret) =>
      Object.assign(new RangeError("a"), { config: { headers: [["authorization", secret]] } }),
    "in a request": (secret) =>
      Object.assign(new RangeError("a"), { request: new Request(ORIGIN, { headers: { authorization: secret } }) }),
    "in the URL of a response": (secret) =>
      Object.assign(new RangeError("a"), { at: new URL(`${ORIGIN}/?key=${encodeURIComponent(secret)}`) }),
    "in the first line of its stack": (secret) => {
      const error = new RangeError(`cannot send ${secret}`);
      void error.stack;
      error.message = "cannot send";
      return error;
    },
    "in its bytes": (secret) => Object.assign(new RangeError("a"), { data: new TextEncoder().encode(secret) }),
    "in an AggregateError": (secret) =>
      Object.assign(new AggregateError([new Error(secret)], "all failed"), { name: "RangeError" }),
  };
  for (const [where, make] of Object.entries(quoting)) {
    test(`G13: ${where} keeps only its name`, async () => {
      const vendor = fakeVendor();
      const { session, broken } = brokenSession(vendor);
      broken.fault = () => make(CREDENTIALS.password);
      const atLogin = await reasonOf(session.login());
      broken.fault = undefined;
      await session.login();
      const token = [...vendor.live][0] ?? "";
      broken.fault = () => make(`Bearer ${token}`);
      const atCall = await reasonOf(session.fetch("zones"));
      for (const [error, secret] of [
        [atLogin, CREDENTIALS.password],
        [atCall, `Bearer ${token}`],
      ] as const) {
        expect(error).toMatchObject({ name: "RangeError", message: expect.stringContaining("is hidden") });
        expect(shown(error)).not.toContain(secret);
      }
    });
  }

  test("G13: an error that is too large to search is hidden as well", async () => {
    const vendor = fakeVendor();
    const { session, broken } = brokenSession(vendor);
    broken.fault = () =>
      Object.assign(new RangeError("a"), { rows: Array.from({ length: 5_000 }, (_, id) => ({ id })) });
    expect(await reasonOf(session.login())).toMatchObject({
      name: "RangeError",
      message: expect.stringMatching("hidden"),
    });
  });

  test("G11: the user name, a realm and a file path are not secrets", async () => {
    const vendor = fakeVendor();
    const { session, broken } = brokenSession(vendor, "before", {
      async login(context: Parameters<FakeVendor["flow"]["login"]>[0]) {
        const { username, password } = await context.credentials();
        await context.send("login", { json: { username, password, realm: "acme" } });
        return expect.fail("unreachable");
      },
    });
    const fault = new Error(`route /acme/${CREDENTIALS.username} is static`);
    broken.fault = () => fault;
    expect(await reasonOf(session.login())).toBe(fault);
  });
});

describe("G11: a port that the runtime refuses", () => {
  test("G11: is invalid_options in the base URL, and nothing is sent", async () => {
    const send = vi.fn(globalThis.fetch);
    const vendor = fakeVendor();
    const session = vendor.session({ fetch: send }, { baseUrl: new URL("https://vendor.example:5061/") });
    const error = await reasonOf(session.login());
    expect(error).toMatchObject({ code: "invalid_options", message: expect.stringContaining("5061") });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test("G11: gives the error of a plain fetch in the URL of a call", async () => {
    const vendor = fakeVendor();
    const fetch: typeof globalThis.fetch = (input, init) =>
      String(input).includes(":5061") ? globalThis.fetch(input, init) : vendor.fetch(input, init);
    const session = vendor.session({ fetch, allowedOrigins: ["https://vendor.example:5061"] });
    expect(await reasonOf(session.fetch("https://vendor.example:5061/zones"))).toMatchObject({
      message: "fetch failed",
      cause: { message: "bad port" },
    });
  });
});

type Unfit = (response: Response) => Promise<unknown>;

const unfit: Readonly<Record<string, Unfit>> = {
  "Node streams as bodies": async (response) => {
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: Readable.from([text]), text: async () => text };
  },
  "no bodies": async ({ status, headers, ...response }) => ({ status, headers, text: async () => response.toString() }),
  "plain objects as headers": async (response) => {
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: null,
      text: async () => text,
    };
  },
};

for (const [name, convert] of Object.entries(unfit)) {
  const fetchOf = (vendor: FakeVendor): typeof globalThis.fetch =>
    (async (input: string, init: RequestInit) => convert(await vendor.fetch(input, init))) as never;

  test(`G11: a fetch with ${name} is invalid_options immediately, and leaves no session open`, async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ fetch: fetchOf(vendor) });
    const error = await reasonOf(session.fetch("zones"));
    expect(error).toMatchObject({ code: "invalid_options", message: expect.stringContaining("`fetch`") });
    await vendor.clock.advance(0);
    expect(vendor.logins).toBe(1);
    expect(vendor.live.size).toBe(0);
  });

  test(`G11: a fetch with ${name} and a wrong password is a refusal`, async () => {
    const vendor = fakeVendor();
    vendor.password = "changed";
    const session = vendor.session({ fetch: fetchOf(vendor) });
    expect(await reasonOf(session.login())).toBeInstanceOf(InvalidCredentials);
  });

  test(`G11: a fetch with ${name} is not retried after a 503, and nobody is prompted`, async () => {
    const vendor = fakeVendor();
    vendor.next("/login", () => new Response(null, { status: 503 }));
    const asked = vi.fn();
    const session = vendor.session({ fetch: fetchOf(vendor) });
    expect(await reasonOf(session.login())).toMatchObject({ code: "invalid_options" });
    expect(vendor.seen).toHaveLength(1);
    const prompting = vendor.session(
      { fetch: fetchOf(vendor) },
      {
        async login(context) {
          await context.send("login", { json: CREDENTIALS });
          return context.prompt(asked, () => new Error("not asked"), asked);
        },
      },
    );
    expect(await reasonOf(prompting.login())).toMatchObject({ code: "invalid_options" });
    expect(asked).not.toHaveBeenCalled();
  });
}

test("G11: a fetch that returns no response is invalid_options, after one attempt", async () => {
  for (const nothing of [undefined, null, {}, { status: 200, data: "{}" }]) {
    const vendor = fakeVendor();
    const send = vi.fn(async () => nothing as never);
    expect(await reasonOf(vendor.session({ fetch: send }).login())).toMatchObject({ code: "invalid_options" });
    expect(send).toHaveBeenCalledTimes(1);
  }
});
