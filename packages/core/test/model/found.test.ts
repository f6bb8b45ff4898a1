import { expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { CREDENTIALS, type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
type Overrides = NonNullable<Parameters<FakeVendor["session"]>[1]>;

const rotating: Overrides = { rotate: (response) => response.headers.get("x-next") ?? undefined };

/** An extension that keeps the token, or returns a new one if the vendor's response contains it. */
const extending: Overrides = {
  async extend(context, record) {
    const answer = await context.send("extend", { headers: { authorization: `Bearer ${record.data}` } });
    if (!answer.ok) throw answer.toError();
    return { data: answer.headers.get("x-token") ?? record.data, user: record.user, expiresIn: HOUR };
  },
};

test("G3: a record that was rejected during its extension is replaced by a login, and is not sent again", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({}, extending);
  await session.login();
  await vendor.clock.advance(HOUR - MINUTE);
  const gate = Promise.withResolvers<void>();
  vendor.next("/extend", () => gate.promise.then(() => new Response("{}")));
  vendor.revoke();
  const call = session.fetch("zones");
  await settle();
  gate.resolve();
  expect((await call).status).toBe(200);
  expect(
    vendor.seen.filter(({ path }) => path === "/zones").map(({ headers }) => headers.get("authorization")),
  ).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("G3: a renewal does not adopt a rotated record that was rejected after the renewal began", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const store = memoryStore();
  const session = vendor.session({ store }, { ...rotating, lifetime: () => ({ expiresIn: HOUR }) });
  await session.login();
  await vendor.clock.advance(HOUR - MINUTE);
  const key = await storeKey(vendor.flow, CREDENTIALS.username);
  const lock = Promise.withResolvers<void>();
  const other = store.withLock?.(key, () => lock.promise);
  vendor.next("/rotated", () => {
    vendor.live.add("token-r");
    return new Response(null, { headers: { "x-next": "token-r" } });
  });
  await session.fetch("rotated");
  vendor.revoke();
  const call = session.fetch("zones");
  await settle();
  lock.resolve();
  await other;
  expect((await call).status).toBe(200);
});

test("G6: a rotation does not cut short the wait after a failed renewal", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({}, rotating);
  await session.login();
  await vendor.clock.advance(HOUR - MINUTE);
  for (const token of ["token-a", "token-b", "token-c"]) {
    vendor.live.add(token);
    vendor.next("/login", () => new Response(null, { status: 400 }));
    vendor.next("/zones", () => new Response(null, { headers: { "x-next": token } }));
    await session.fetch("zones");
    await settle();
  }
  expect(vendor.seen.filter(({ path, status }) => path === "/login" && status === 400)).toHaveLength(1);
});

test("G8: the call for which a session was adopted from the store counts as a use", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const options = { store, idleTimeout: 15 * MINUTE };
  await vendor.session(options).login();
  await vendor.clock.advance(14 * MINUTE);
  const session = vendor.session(options);
  await session.fetch("zones");
  await vendor.clock.advance(2 * MINUTE);
  await session.fetch("zones");
  expect(vendor.logins).toBe(1);
});

test("G8: login() on a live session sends no request, and does not count as a use", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ idleTimeout: 15 * MINUTE });
  await session.login();
  await vendor.clock.advance(10 * MINUTE);
  await session.login();
  await vendor.clock.advance(5 * MINUTE);
  expect(session.info).toBeUndefined();
});

test("G8: a session that was idle here but used elsewhere stays in use", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const options = { store, idleTimeout: 15 * MINUTE };
  const [idle, busy] = [vendor.session(options), vendor.session(options)];
  await idle.login();
  await busy.login();
  for (let n = 0; n < 4; n++) {
    await vendor.clock.advance(10 * MINUTE);
    await busy.fetch("zones");
  }
  expect((await idle.fetch("zones")).status).toBe(200);
  expect(vendor.logins).toBe(1);
});

test("G8: storing a use does not overwrite a newer record with an older one", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const options = { store, idleTimeout: 15 * MINUTE };
  const [one, two] = [vendor.session(options), vendor.session(options)];
  await one.login();
  await two.login();
  await vendor.clock.advance(5 * MINUTE);
  vendor.revoke();
  await one.fetch("zones");
  expect(vendor.logins).toBe(2);
  expect(await (await two.fetch("zones")).json()).toMatchObject({ token: "token-2" });
  expect(vendor.logins).toBe(2);
});

test("G14: storing a use does not restore a record that another session has signed out", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const options = { store, idleTimeout: 15 * MINUTE };
  const [one, two] = [vendor.session(options), vendor.session(options)];
  await one.login();
  await two.login();
  await vendor.clock.advance(5 * MINUTE);
  await one.logout();
  const held = vendor.hold("/zones");
  const call = two.fetch("zones");
  await held.arrived;
  await settle();
  expect(await store.get(await storeKey(vendor.flow, CREDENTIALS.username))).toBeUndefined();
  held.release();
  await call;
});

test("G14: a session that was extended too late is neither stored nor left open at the vendor", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const store = memoryStore();
  const session = vendor.session({ store }, extending);
  await session.login();
  await vendor.clock.advance(HOUR - MINUTE);
  const gate = Promise.withResolvers<void>();
  vendor.next("/extend", async () => {
    vendor.live.add("token-x");
    await gate.promise;
    return new Response("{}", { headers: { "x-token": "token-x" } });
  });
  await session.fetch("zones");
  await settle();
  const out = session.logout();
  await settle();
  gate.resolve();
  await out;
  expect(await store.get(await storeKey(vendor.flow, CREDENTIALS.username))).toBeUndefined();
  expect(vendor.live).toEqual(new Set());
});

test("G14: login() immediately after logout() does not adopt the record that is being signed out", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const session = vendor.session({ store });
  await session.login();
  const out = session.logout();
  await session.login();
  await out;
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
  expect(vendor.seen.map(({ path }) => path).sort()).toEqual(["/login", "/login", "/logout", "/zones"]);
});

test("G14: logout() does not end the session that a later login() has opened, however long the credentials take", async () => {
  const vendor = fakeVendor();
  const slow = Promise.withResolvers<typeof CREDENTIALS>();
  let asked = 0;
  const session = vendor.session({
    store: memoryStore(),
    credentials: () => (++asked === 1 ? slow.promise : CREDENTIALS),
  });
  const out = session.logout();
  await session.login();
  slow.resolve(CREDENTIALS);
  await out;
  expect(vendor.live).toEqual(new Set(["token-1"]));
});

for (let ticks = 0; ticks < 4; ticks++) {
  test(`G4: a login that all callers leave ${ticks} ticks after its flow has finished is kept`, async () => {
    const vendor = fakeVendor();
    const leaver = new AbortController();
    const session = vendor.session(
      { store: memoryStore() },
      {
        async login(context) {
          const login = await vendor.flow.login(context);
          (async () => {
            for (let tick = 0; tick < ticks; tick++) await undefined;
            leaver.abort();
          })();
          return login;
        },
      },
    );
    await session.login({ signal: leaver.signal }).catch(() => {});
    await settle();
    expect(session.info).toMatchObject({ account: "operator" });
    expect([vendor.logins, vendor.live.size]).toEqual([1, 1]);
  });
}

test("G14: a login whose response arrived before a sign-out, and whose lock rejected when its signal aborted, is undone", async () => {
  const vendor = fakeVendor();
  let logout: Promise<void> | undefined;
  const inner = memoryStore();
  const slow = Promise.withResolvers<void>();
  const set = async (key: string, value: string) => {
    logout = session.logout();
    await slow.promise;
    await inner.set(key, value);
  };
  const session = vendor.session({
    store: {
      ...inner,
      set,
      // A lock that rejects as soon as its signal aborts.
      withLock: (_key, run, options) =>
        new Promise((resolve, reject) => {
          options?.signal?.addEventListener("abort", () => reject(new Error("given up")));
          run({ signal: new AbortController().signal, set }).then(resolve, reject);
        }),
    },
  });
  await expect(session.login()).rejects.toMatchObject({ code: "session_closed" });
  slow.resolve();
  await logout;
  await settle();
  expect(vendor.live.size).toBe(0);
  expect(await inner.get(await storeKey(vendor.flow, CREDENTIALS.username))).toBeUndefined();
});

test("G1: renew() during the release of an adopted record's lock still opens a new session", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  await vendor.session({ store: inner }).login();
  const adopted = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  let reads = 0;
  const session = vendor.session({
    store: {
      ...inner,
      // Not stored yet at the first read, so it is found under the lock.
      get: async (key) => (reads++ === 0 ? undefined : inner.get(key)),
      async withLock(_key, run) {
        const result = await run({ signal: new AbortController().signal, set: inner.set });
        adopted.resolve();
        await release.promise;
        return result;
      },
    },
  });
  const login = session.login();
  await adopted.promise;
  const renewal = session.renew();
  release.resolve();
  await Promise.all([login, renewal]);
  expect(vendor.logins).toBe(2);
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
});

test("G1: login() after logout() sends no second login while the dropped one is still in flight", async () => {
  const vendor = fakeVendor();
  const first = vendor.hold("/login");
  const session = vendor.session();
  const dropped = session.login().catch(() => {});
  await first.arrived;
  const out = session.logout();
  let inFlight = 1;
  vendor.next("/login", () => {
    inFlight++;
    return undefined as never;
  });
  const login = session.login();
  await settle();
  expect(inFlight).toBe(1);
  first.release();
  await Promise.all([out, login, dropped]);
  expect([...vendor.live]).toEqual(["token-2"]);
});

test("G14: an extension that arrives after the session has expired is ended, if it has another credential", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({}, extending);
  await session.login();
  await vendor.clock.advance(HOUR - 1_000);
  const gate = Promise.withResolvers<void>();
  vendor.live.add("made-up-next");
  vendor.next("/extend", () => gate.promise.then(() => new Response("{}", { headers: { "x-token": "made-up-next" } })));
  await session.fetch("zones");
  await vendor.clock.advance(1_000);
  const call = session.fetch("zones");
  await settle();
  gate.resolve();
  expect((await call).status).toBe(200);
  await settle();
  expect([...vendor.live].sort()).toEqual(["token-1", "token-2"]);
});
