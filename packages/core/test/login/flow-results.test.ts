import { describe, expect, test, vi } from "vitest";
import type { Login } from "../../src/contract/flow/flow.ts";
import { type FakeUser, fakeVendor } from "../fake-vendor.ts";

type Result = Login<string, FakeUser>;
const GOOD: Result = { data: "token-1", user: { name: "x" } };

describe("the result of `login` is checked", () => {
  test.each<[string, unknown, string]>([
    ["nothing", undefined, "must return an object"],
    ["null", null, "must return an object"],
    ["a text", "token-1", "must return an object"],
    ["no data", { user: {} }, "no `data`"],
    ["no user", { data: "token-1" }, "no `user`"],
    ["a date for its expiry", { ...GOOD, expiresAt: new Date(0) }, "`expiresAt`"],
    ["a text for its lifetime", { ...GOOD, expiresIn: "3600" }, "`expiresIn`"],
    ["null for its idle time", { ...GOOD, idleTimeout: null }, "`idleTimeout`"],
    ["a hint that is not a number", { ...GOOD, expiresHint: "soon" }, "`expiresHint`"],
    ["a lifetime that is not a number", { ...GOOD, expiresIn: Number.NaN }, "`expiresIn`"],
    ["a date until which it can be extended", { ...GOOD, extendableUntil: new Date(0) }, "`extendableUntil`"],
    ["a text for how long it can be extended", { ...GOOD, extendableFor: "1d" }, "`extendableFor`"],
    ["a base URL elsewhere", { ...GOOD, baseUrl: new URL("https://made-up-secret.example/") }, "`baseUrl`"],
    ["an invalid base URL", { ...GOOD, baseUrl: "made-up-secret" }, "`baseUrl`"],
  ])("%s is `unexpected_response` that names vendor and field, and nothing is sent", async (_, result, named) => {
    const vendor = fakeVendor();
    let logins = 0;
    const login = async () => {
      logins++;
      return result as Result;
    };
    const session = vendor.session({}, { login });
    const error = await session.login().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected_response", vendor: "fake" });
    expect(String(error)).toContain("the flow's `login`");
    expect(String(error)).toContain(named);
    expect(vendor.seen).toEqual([]);
    expect(String(error)).not.toContain("made-up");
    expect(logins).toBe(1);
  });
});

describe("values that `extend` omits stay unchanged", () => {
  const HOUR = 3_600_000;

  async function extended(result: (now: number) => Partial<Result>, options = {}) {
    const vendor = fakeVendor();
    const { clock } = vendor;
    let extensions = 0;
    const session = vendor.session(options, {
      login: async () => ({
        ...GOOD,
        expiresAt: clock.now() + HOUR,
        idleTimeout: 2 * HOUR,
        baseUrl: new URL("https://vendor.example/moved/"),
      }),
      extend: async () => {
        extensions++;
        return result(clock.now());
      },
    });
    vendor.live.add("token-1").add("token-2");
    const before = await session.login();
    await clock.advance(HOUR - 60_000);
    await session.fetch("zones");
    await clock.advance(0);
    return { vendor, session, before, after: session.info, extensions: () => extensions };
  }

  test("data, user, base URL and idle time", async () => {
    const { session, before, after, vendor } = await extended((now) => ({ expiresAt: now + HOUR }));
    expect(after).toEqual({ ...before, issuedAt: vendor.clock.now(), expiresAt: vendor.clock.now() + HOUR });
    expect((await session.authorization()).headers).toEqual({ authorization: "Bearer token-1" });
  });

  test("the expiry, while the data changes", async () => {
    const { session, before, after } = await extended(() => ({ data: "token-2" }));
    expect(after?.expiresAt).toBe(before.expiresAt);
    expect((await session.authorization()).headers).toEqual({ authorization: "Bearer token-2" });
  });

  test("the probable expiry, so that the session is renewed before it", async () => {
    const vendor = fakeVendor();
    let extensions = 0;
    const extend = async () => {
      extensions++;
      return {};
    };
    const login = async () => ({ ...GOOD, expiresHint: vendor.clock.now() + HOUR });
    const session = vendor.session({ renewBefore: 60_000 }, { login, extend });
    vendor.live.add("token-1");
    await session.login();
    for (const ms of [HOUR - 60_000, 1_000, 30_000]) {
      await vendor.clock.advance(ms);
      await session.fetch("zones");
      await vendor.clock.advance(0);
    }
    // The next extension is due halfway through the remaining time.
    expect(extensions).toBe(2);
  });

  test("an extension that does not move the expiry is not repeated at each call", async () => {
    const { session, extensions } = await extended(() => ({}));
    for (let call = 0; call < 20; call++) await session.fetch("zones");
    expect(extensions()).toBe(1);
  });

  test("an invalid result is a failed extension, and a login follows", async () => {
    const { vendor, extensions, after, before } = await extended(() => ({ expiresAt: "soon" as unknown as number }));
    expect([extensions(), after?.issuedAt]).toEqual([1, vendor.clock.now()]);
    expect(after?.expiresAt).toBeGreaterThan(before.expiresAt ?? 0);
  });
});

test.each([
  ["that the login returned", undefined, 60_000],
  ["of the option, if there is one", 30_000, 30_000],
])("G8: a session ends after the idle time %s", async (_, idleTimeout, end) => {
  const vendor = fakeVendor();
  const login = async () => ({ ...GOOD, idleTimeout: 60_000 });
  const session = vendor.session(idleTimeout === undefined ? {} : { idleTimeout }, { login });
  await session.login();
  await vendor.clock.advance(end - 1);
  expect(session.info).toBeDefined();
  await vendor.clock.advance(1);
  expect(session.info).toBeUndefined();
});

test("a flow that throws `undefined` fails the login with `undefined`, and is not called again", async () => {
  let called = 0;
  const login = () => {
    called++;
    return Promise.reject(undefined);
  };
  const failed = vi.fn();
  await fakeVendor().session({}, { login }).login().catch(failed);
  expect(failed.mock.calls).toEqual([[undefined]]);
  expect(called).toBe(1);
});

describe("what `authorize` returns is checked before anything is sent", () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      "a header with a line break",
      { authorization: "Bearer made-up\r\nx: 1" },
      "`authorize` returned a header `authorization`",
    ],
    ["a header that is no text", { authorization: undefined }, "`authorize` returned a header `authorization`"],
    ["an empty header", { "x-key": "" }, "`authorize` returned a header `x-key`"],
    ["a header whose name is none", { "made up": "x" }, "a header whose name"],
  ])("%s", async (_, headers, named) => {
    const vendor = fakeVendor();
    const authorize = () => ({ headers: headers as Record<string, string> });
    const error = await vendor
      .session({}, { authorize })
      .fetch("zones")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected_response", vendor: "fake" });
    expect(String(error)).toContain(named);
    expect(String(error)).not.toMatch(/made.up/);
    expect(vendor.seen.map(({ path }) => path)).toEqual(["/login"]);
  });

  test.each([undefined, null, "Bearer made-up"])("%j instead of an object", async (authorization) => {
    const vendor = fakeVendor();
    const error = await vendor
      .session({}, { authorize: () => authorization as never })
      .fetch("zones")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected_response", vendor: "fake" });
    expect(String(error)).toContain("`authorize`");
    expect(vendor.seen.map(({ path }) => path)).toEqual(["/login"]);
  });
});

describe("an invalid result of a later step is never sent", () => {
  test.each<[string, Partial<Result>]>([
    ["a date", { expiresAt: new Date(0) as unknown as number }],
    ["a base URL elsewhere", { baseUrl: new URL("https://elsewhere.example/") }],
    ["no header", { data: undefined as unknown as string }],
  ])("`extend` that returns %s: the core signs in", async (_, result) => {
    const vendor = fakeVendor();
    const session = vendor.session({ lifetime: 3_600_000 }, { extend: async () => ({ ...result, data: "token\n" }) });
    await session.fetch("zones");
    await vendor.clock.advance(3_590_000);
    await session.fetch("zones");
    await vendor.clock.advance(1_000);
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(2);
    expect(vendor.seen.every(({ url }) => url.startsWith("https://vendor.example/"))).toBe(true);
  });

  test("`rotate` that returns a value invalid in a header: the credential stays", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({}, { rotate: () => "token\nmade-up" });
    for (let call = 0; call < 3; call++) expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(1);
  });

  test("`lifetime` that returns a date: the expiry is ignored", async () => {
    const vendor = fakeVendor();
    const lifetime = () => ({ expiresAt: new Date(1) as unknown as number });
    const session = vendor.session({}, { rotate: (_, { data }) => data, lifetime });
    for (let call = 0; call < 3; call++) expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(1);
    expect(session.info?.expiresAt).toBeUndefined();
  });
});
