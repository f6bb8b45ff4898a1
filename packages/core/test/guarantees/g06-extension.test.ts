import { describe, expect, test, vi } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SessionOptions } from "../../src/contract/options.ts";
import { checkOptions } from "../../src/contract/settings.ts";
import { InvalidCredentials } from "../../src/errors/invalid-credentials.ts";
import { VendorUnavailable } from "../../src/errors/vendor-unavailable.ts";
import { openSession } from "../../src/session/create-session.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, type FakeUser, ORIGIN } from "../fake-vendor.ts";
import { settle, type VirtualClock, virtualClock } from "../virtual-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** A vendor with access tokens of 5 minutes and refresh tokens of 24 hours, each of which works once. */
function tokenVendor(clock: VirtualClock = virtualClock()) {
  let made = 0;
  const access = new Map<string, number>();
  const refresh = new Map<string, number>();
  const log: string[] = [];
  let broken: Response | undefined;
  const password = vi.fn(() => CREDENTIALS.password);

  const issue = () => {
    const tokens = { access: `access-${++made}`, refresh: `refresh-${made}` };
    access.set(tokens.access, clock.now() + 5 * MINUTE);
    refresh.set(tokens.refresh, clock.now() + 24 * HOUR);
    return Response.json(tokens);
  };
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/login") {
      const { password: given } = (await request.json()) as { password: string };
      return given === CREDENTIALS.password ? issue() : new Response(null, { status: 401 });
    }
    if (pathname === "/refresh") {
      const { token } = (await request.json()) as { token: string };
      if (broken !== undefined) return broken.clone();
      const isLive = (refresh.get(token) ?? 0) > clock.now();
      refresh.delete(token);
      return isLive ? issue() : new Response(null, { status: 400 });
    }
    const token = request.headers.get("authorization")?.slice("Bearer ".length) ?? "";
    if (pathname === "/logout") return new Response(null, { status: refresh.delete(await request.text()) ? 204 : 404 });
    return new Response("zones", { status: (access.get(token) ?? 0) > clock.now() ? 200 : 401 });
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await answer(request);
    log.push(`${response.status} ${new URL(request.url).pathname}`);
    return response;
  };
  const tokensOf = (data: Tokens) => ({ data, expiresIn: 5 * MINUTE, extendableFor: 24 * HOUR });
  const schema = {
    "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value: value as Tokens }) },
  } as const;
  const flow: Flow<Tokens, FakeUser> = {
    vendor: "fake",
    baseUrl: new URL(`${ORIGIN}/`),
    async login(context) {
      const credentials = await context.credentials();
      const response = await context.send("login", { json: credentials });
      if (response.status === 401) throw new InvalidCredentials("fake", "refused.", { status: 401 });
      if (!response.ok) throw response.toError();
      return { ...tokensOf(response.json(schema)), user: { name: credentials.username } };
    },
    async extend(context, { data }) {
      const response = await context.send("refresh", { json: { token: data.refresh } });
      if (!response.ok) throw response.toError();
      return tokensOf(response.json(schema));
    },
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.access}` } }),
    async logout(context, { data }) {
      await context.send("logout", { body: data.refresh });
    },
    parse: (data) => data as Tokens,
  };
  return {
    clock,
    log,
    access,
    refresh,
    fetch,
    password,
    flow,
    count: (line: string) => log.filter((one) => one.endsWith(line)).length,
    breakRefresh: (response: Response | undefined) => {
      broken = response;
    },
    session: (options: Partial<SessionOptions> = {}, overrides: Partial<Flow<Tokens, FakeUser>> = {}) =>
      openSession(
        { ...flow, ...overrides },
        checkOptions("fake", { credentials: { username: CREDENTIALS.username, password }, fetch, ...options }),
        clock,
      ),
  };
}

describe("G6: a session that can be extended after its expiry", () => {
  test("is extended by the next call, before the credentials are requested", async () => {
    const vendor = tokenVendor();
    const session = vendor.session();
    await session.fetch("zones");
    await vendor.clock.advance(23 * HOUR);
    const events: unknown[] = [];
    session.on("login", ({ from }) => events.push(from));
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.log).toEqual(["200 /login", "200 /zones", "200 /refresh", "200 /zones"]);
    expect(vendor.password).toHaveBeenCalledTimes(1);
    expect(events).toEqual(["extend"]);
    expect(session.info?.extendableUntil).toBe(vendor.clock.now() + 24 * HOUR);
  });

  test.each([false, true])("costs one login for a day of calls every 10 minutes (with a store: %s)", async (stored) => {
    const vendor = tokenVendor();
    const session = vendor.session(stored ? { store: memoryStore() } : {});
    for (let call = 0; call < 24 * 6; call++) {
      expect((await session.fetch("zones")).status).toBe(200);
      await vendor.clock.advance(10 * MINUTE);
    }
    expect(vendor.count("/login")).toBe(1);
    expect(vendor.count("200 /refresh")).toBe(24 * 6 - 1);
  });

  test("is extended once for 100 concurrent callers", async () => {
    const vendor = tokenVendor();
    const session = vendor.session();
    await session.login();
    await vendor.clock.advance(HOUR);
    const answers = await Promise.all(Array.from({ length: 100 }, () => session.fetch("zones")));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect([vendor.count("/login"), vendor.count("/refresh")]).toEqual([1, 1]);
  });

  test("is not extended after `extendableUntil`: the next call signs in", async () => {
    const vendor = tokenVendor();
    const session = vendor.session();
    await session.login();
    await vendor.clock.advance(25 * HOUR);
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.log.slice(1)).toEqual(["200 /login", "200 /zones"]);
  });

  test("is also extended after a rejection, if a call was accepted before", async () => {
    const vendor = tokenVendor();
    const session = vendor.session();
    await session.fetch("zones");
    vendor.access.clear();
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.log.slice(2)).toEqual(["401 /zones", "200 /refresh", "200 /zones"]);
    expect(vendor.password).toHaveBeenCalledTimes(1);
  });

  test("is not extended again if the extension did not help: the password is used", async () => {
    const vendor = tokenVendor();
    const session = vendor.session();
    await session.fetch("zones");
    vendor.access.clear();
    vendor.breakRefresh(Response.json({ access: "dead", refresh: "dead" }));
    expect((await session.fetch("zones")).status).toBe(401);
    await vendor.clock.advance(16_000);
    expect((await session.fetch("zones")).status).toBe(200);
    expect([vendor.count("/login"), vendor.count("/refresh")]).toEqual([2, 1]);
  });

  test("signs in once if the vendor refuses the extension, and does not request another one", async () => {
    const vendor = tokenVendor();
    const session = vendor.session({ store: memoryStore() });
    await session.fetch("zones");
    vendor.refresh.clear();
    await vendor.clock.advance(HOUR);
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.log.slice(2)).toEqual(["400 /refresh", "200 /login", "200 /zones"]);
  });

  test.each([false, true])(
    "requests an extension once if the vendor refuses it in the background (with a store: %s)",
    async (stored) => {
      const vendor = tokenVendor();
      const session = vendor.session(stored ? { store: memoryStore() } : {});
      await session.fetch("zones");
      vendor.refresh.clear();
      await vendor.clock.advance(4.9 * MINUTE);
      await session.fetch("zones");
      await vendor.clock.advance(1_000);
      expect(vendor.log.slice(2, 5)).toEqual(["200 /zones", "400 /refresh", "200 /login"]);
      expect(vendor.count("/refresh")).toBe(1);
    },
  );

  test("signs in if `extend` returns nothing, because the vendor refuses it", async () => {
    const vendor = tokenVendor();
    const session = vendor.session({}, { extend: async () => undefined });
    await session.fetch("zones");
    await vendor.clock.advance(HOUR);
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.count("/login")).toBe(2);
  });

  test("is not extended after its expiry if the vendor has refused an extension before", async () => {
    const vendor = tokenVendor();
    let isDown = false;
    const login: Flow<Tokens, FakeUser>["login"] = (context) =>
      isDown ? Promise.reject(new VendorUnavailable("fake", "down", { status: 503 })) : vendor.flow.login(context);
    const session = vendor.session({ retry: { attempts: 1 } }, { login });
    await session.fetch("zones");
    vendor.refresh.clear();
    isDown = true;
    for (const wait of [4.5, 0.2, 0.2]) {
      await vendor.clock.advance(wait * MINUTE);
      await session.fetch("zones");
      await vendor.clock.advance(1_000);
    }
    isDown = false;
    await vendor.clock.advance(10 * MINUTE);
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.count("/refresh")).toBe(1);
  });

  test("G2: keeps the extended token if a response to an earlier call rotates the earlier token", async () => {
    const vendor = tokenVendor();
    const held = Promise.withResolvers<Response>();
    const fetch: typeof globalThis.fetch = (input, init) =>
      String(input).endsWith("/slow") ? held.promise : vendor.fetch(input, init);
    const rotate: Flow<Tokens, FakeUser>["rotate"] = (response, { data }) => {
      const next = response.headers.get("x-access");
      return next === null ? undefined : { ...data, access: next };
    };
    const session = vendor.session({ fetch }, { rotate });
    await session.fetch("zones");
    const slow = session.fetch("slow");
    await vendor.clock.advance(4.9 * MINUTE);
    await session.fetch("zones");
    await vendor.clock.advance(1_000);
    expect(vendor.count("/refresh")).toBe(1);
    held.resolve(new Response("", { headers: { "x-access": "access-1" } }));
    expect((await slow).status).toBe(200);
    await vendor.clock.advance(HOUR);
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.log.slice(2).filter((line) => !line.endsWith("/zones"))).toEqual(["200 /refresh", "200 /refresh"]);
  });

  test("G1: `renew()` always signs in by password", async () => {
    const vendor = tokenVendor();
    const session = vendor.session({ store: memoryStore() });
    await session.login();
    await session.renew();
    await vendor.clock.advance(HOUR);
    await session.renew();
    expect([vendor.count("/login"), vendor.count("/refresh")]).toEqual([3, 0]);
  });

  test("G14: `logout()` after the expiry revokes the token that could still extend it", async () => {
    const vendor = tokenVendor();
    const session = vendor.session();
    await session.login();
    await vendor.clock.advance(HOUR);
    expect(session.info).toBeUndefined();
    await session.logout();
    expect(vendor.log.slice(1)).toEqual(["204 /logout"]);
    expect(vendor.refresh.size).toBe(0);
    await session.login();
    expect(vendor.count("/login")).toBe(2);
  });

  test("can be extended forever if its refresh token does not expire", async () => {
    const vendor = tokenVendor();
    const store = memoryStore();
    const login: Flow<Tokens, FakeUser>["login"] = async (context) => {
      const { extendableFor, ...made } = await vendor.flow.login(context);
      return { ...made, extendableUntil: Number.POSITIVE_INFINITY };
    };
    await vendor.session({ store }, { login }).login();
    for (const token of vendor.refresh.keys()) vendor.refresh.set(token, Number.POSITIVE_INFINITY);
    await vendor.clock.advance(400 * 24 * HOUR);
    expect((await vendor.session({ store }, { login }).fetch("zones")).status).toBe(200);
    expect([vendor.count("/login"), vendor.count("/refresh")]).toEqual([1, 1]);
  });
});

describe("G6: an expired session in the store", () => {
  test("is extended by another process, without a request for credentials", async () => {
    const vendor = tokenVendor();
    const store = memoryStore();
    await vendor.session({ store }).login();
    await vendor.clock.advance(HOUR);
    const asked = vi.fn(() => CREDENTIALS.password);
    const other = vendor.session({ store, credentials: { username: "operator", password: asked } });
    expect((await other.fetch("zones")).status).toBe(200);
    expect([vendor.count("/login"), vendor.count("/refresh")]).toEqual([1, 1]);
    expect(asked).not.toHaveBeenCalled();
  });

  test("is extended once by 40 processes that share a single-use refresh token", async () => {
    const vendor = tokenVendor();
    const store = memoryStore();
    await vendor.session({ store }).login();
    for (let round = 1; round <= 3; round++) {
      await vendor.clock.advance(HOUR);
      const fleet = Array.from({ length: 40 }, () => vendor.session({ store }).fetch("zones"));
      await vendor.clock.advance(10_000);
      expect(new Set((await Promise.all(fleet)).map(({ status }) => status))).toEqual(new Set([200]));
      expect([vendor.count("/login"), vendor.count("/refresh")]).toEqual([1, round]);
    }
  });

  test("is extended once by processes that renew it in the background at the same time", async () => {
    const vendor = tokenVendor();
    const store = memoryStore();
    const fleet = Array.from({ length: 20 }, () => vendor.session({ store }));
    for (const session of fleet) await session.fetch("zones");
    for (let round = 0; round < 10; round++) {
      await vendor.clock.advance(4.9 * MINUTE);
      const calls = fleet.map((session) => session.fetch("zones"));
      await vendor.clock.advance(5_000);
      expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]));
    }
    expect(vendor.count("/login")).toBe(1);
    expect(vendor.count("400 /refresh")).toBe(0);
    expect(vendor.count("/refresh")).toBe(10);
  });

  test("is kept until it can no longer be extended", async () => {
    const vendor = tokenVendor();
    const store = memoryStore();
    const ends: (number | undefined)[] = [];
    const watched = {
      ...store,
      set: (...args: Parameters<typeof store.set>) => {
        ends.push(args[2]?.expiresAt);
        return store.set(...args);
      },
    };
    await vendor.session({ store: { get: store.get, set: watched.set, delete: store.delete } }).login();
    await settle();
    expect(ends).toEqual([vendor.clock.now() + 24 * HOUR]);
  });
});
