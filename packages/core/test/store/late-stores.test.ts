import { expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const MINUTE = 60_000;
const later = (vendor: ReturnType<typeof fakeVendor>, ms: number) =>
  new Promise<void>((resolve) => void vendor.clock.timer(ms, resolve));

test("a lock whose release hangs delays no caller: the login counts, and the failure emits an event", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  const store: SessionStore = {
    ...inner,
    async withLock(_key, run) {
      await run({ signal: new AbortController().signal, set: inner.set });
      return new Promise<never>(() => {});
    },
  };
  const session = vendor.session({ store, timeout: 1_000 });
  const failures: string[] = [];
  session.on("store_failed", ({ operation }) => failures.push(operation));
  const call = session.fetch("zones");
  await settle();
  await vendor.clock.advance(5_000);
  expect((await call).status).toBe(200);
  expect([vendor.logins, failures]).toEqual([1, ["lock"]]);
});

test("a lock that is lost after the login has succeeded costs no second login", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  const store: SessionStore = {
    ...inner,
    async withLock(_key, run) {
      const lock = new AbortController();
      await run({ signal: lock.signal, set: inner.set });
      lock.abort(new Error("gone"));
      throw new Error("not ours any more");
    },
  };
  const session = vendor.session({ store });
  await session.login();
  await session.renew();
  expect(vendor.logins).toBe(2);
});

test("G14: a late write of a use by a slow store does not bring back a signed-out session", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  let slow = false;
  const store: SessionStore = {
    ...inner,
    async get(key) {
      const value = await inner.get(key);
      if (slow) await later(vendor, 8_000);
      return value;
    },
  };
  const session = vendor.session({ store, idleTimeout: 15 * MINUTE });
  await session.login();
  await vendor.clock.advance(5 * MINUTE);
  slow = true;
  await session.fetch("zones");
  await settle();
  const out = session.logout();
  await vendor.clock.advance(MINUTE);
  await out;
  slow = false;
  await vendor.session({ store }).fetch("zones");
  expect(vendor.logins).toBe(2);
});

test("G14: a value whose write ends after a later removal is removed again", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  const values = new Map<string, string>();
  let slow = true;
  const store: SessionStore = {
    ...inner,
    get: async (key) => values.get(key),
    async set(key, value) {
      if (slow) await later(vendor, 8_000);
      values.set(key, value);
    },
    delete: async (key) => void values.delete(key),
  };
  const session = vendor.session({ store });
  const login = session.login();
  await vendor.clock.advance(5_000);
  await login;
  slow = false;
  await session.logout();
  expect(values.size).toBe(0);
  await vendor.clock.advance(MINUTE);
  expect(values.size).toBe(0);
});

test("G14: login() right after the logout() of a session that was never used does not use the signed-out session", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store }).login();
  const session = vendor.session({ store });
  const out = session.logout();
  await session.login();
  await out;
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
  expect(vendor.seen.filter(({ path }) => path === "/zones")).toHaveLength(1);
});

test("G14: logout() knows the user name even if the credentials can be read only once", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  let asked = 0;
  const credentials = () => {
    asked++;
    if (asked > 1) throw new Error("only once");
    return CREDENTIALS;
  };
  const session = vendor.session({ store, credentials });
  await vendor.session({ store }).login();
  const held = vendor.hold("/zones");
  const call = session.fetch("zones");
  await held.arrived;
  await session.logout();
  held.release();
  await call.catch(() => {});
  expect(vendor.live.size).toBe(0);
});

test("G14: if the user name is unknown, logout() reports that a session may be left in the store", async () => {
  const vendor = fakeVendor();
  const credentials = () => Promise.reject(new Error("the secret manager is down"));
  const session = vendor.session({ store: memoryStore(), credentials });
  await expect(session.logout()).rejects.toThrow("the secret manager is down");
  await expect(session.fetch("zones")).rejects.toMatchObject({ code: "session_closed" });
});

test("a credential that rotates on a redirect is used for the next hop, and from then on", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({}, { rotate: (response) => response.headers.get("x-next") ?? undefined });
  await session.login();
  vendor.next("/from", () => {
    vendor.live.clear();
    vendor.live.add("token-r");
    return new Response(null, { status: 302, headers: { location: "/to", "x-next": "token-r" } });
  });
  expect(await (await session.fetch("from")).json()).toEqual({ path: "/to", token: "token-r" });
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-r" });
  expect(vendor.logins).toBe(1);
});

test("headers that a wrapper adds to a call are not kept for the next call", async () => {
  const vendor = fakeVendor();
  const fetch: typeof globalThis.fetch = (input, init) => {
    try {
      Object.assign(init?.headers ?? {}, { "x-once": "1" });
    } catch {}
    return vendor.fetch(input, init);
  };
  const session = vendor.session({ fetch });
  await session.fetch("a");
  await session.fetch("b");
  expect(vendor.seen.at(-1)?.headers.get("x-once")).toBeNull();
});
