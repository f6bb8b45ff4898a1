import { expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { SecondFactorRequired } from "../../src/errors/second-factor-required.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { type FakeUser, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

// Each test detects a mutation that no other test detects; see docs/mutations.md.

const HOUR = 3_600_000;

/** A signed-in session whose renewal is due, with a vendor that extends sessions. */
async function dueForExtension(extend: NonNullable<Flow<string, FakeUser>["extend"]>) {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const rotate = (response: Response) => response.headers.get("x-next") ?? undefined;
  const session = vendor.session({}, { extend, rotate });
  await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  return { vendor, session };
}

test("G2: a rotation in a late response to a call sent before an extension replaces the extended credential", async () => {
  const { vendor, session } = await dueForExtension(async () => ({ expiresIn: HOUR }));
  vendor.live.add("token-r");
  const gate = Promise.withResolvers<void>();
  vendor.next("/late", () => gate.promise.then(() => new Response(null, { headers: { "x-next": "token-r" } })));
  const late = session.fetch("late");
  await settle();
  expect(session.info?.expiresAt).toBe(vendor.clock.now() + HOUR);
  gate.resolve();
  await late;
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-r" });
});

test("G20: a rotation emits an event, and a credential that cannot be sent is not adopted", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({}, { rotate: (response) => response.headers.get("x-next") ?? undefined });
  const heard: unknown[] = [];
  session.on("rotated", (event) => heard.push(event));
  await session.login();
  vendor.live.add("token-r");
  for (const next of ["token-r", "caf\u00e9"]) {
    vendor.next("/zones", () => new Response(null, { headers: { "x-next": next } }));
    expect((await session.fetch("zones")).status).toBe(200);
    expect(await (await session.fetch("a")).json()).toMatchObject({ token: "token-r" });
  }
  expect(heard).toEqual([{ type: "rotated", info: session.info }]);
});

test("G1: renew() during an extension waits for it and then signs in once", async () => {
  const gate = Promise.withResolvers<void>();
  const { vendor, session } = await dueForExtension(async () => {
    await gate.promise;
    return { expiresIn: HOUR };
  });
  await session.fetch("zones");
  const renewal = session.renew();
  await settle();
  expect(vendor.logins).toBe(1);
  gate.resolve();
  await renewal;
  expect(vendor.logins).toBe(2);
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
});

test("G18: a session that an extension opens after `timeout` is ended at the vendor, and a login has replaced it", async () => {
  const gate = Promise.withResolvers<void>();
  const { vendor, session } = await dueForExtension(async () => {
    await gate.promise;
    vendor.live.add("token-e");
    return { data: "token-e", expiresIn: HOUR };
  });
  await session.fetch("zones");
  await vendor.clock.advance(30_000);
  expect(vendor.logins).toBe(2);
  gate.resolve();
  await settle();
  expect([...vendor.live]).toEqual(["token-2"]);
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
});

test("G6: the delay after extensions that do not move the expiry doubles", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 200_000;
  let extensions = 0;
  for (const ms of [60_000, 25_000, 0]) {
    vendor.next("/extend", async () => {
      extensions++;
      await new Promise<void>((resolve) => void vendor.clock.timer(ms, resolve));
      return new Response("{}");
    });
  }
  const session = vendor.session(
    { renewBefore: 100_000, timeout: 100_000 },
    {
      async extend(context) {
        await context.send("extend");
        return {};
      },
    },
  );
  await session.login();
  const started: number[] = [];
  // Each extension takes longer than half of the remaining time, so the next one is due when it completes.
  for (const ms of [100_000, 60_000, 500, 500, 25_000, 1_000, 1_000]) {
    await vendor.clock.advance(ms);
    await session.fetch("zones");
    await settle();
    started.push(extensions);
  }
  expect(started).toEqual([1, 1, 1, 2, 2, 2, 3]);
});

test("G6: if a renewal that calls waited for fails, a call after the pause signs in", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session();
  await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  const gate = Promise.withResolvers<void>();
  vendor.next("/login", () => gate.promise.then(() => new Response(null, { status: 302 })));
  await session.fetch("zones");
  await vendor.clock.advance(20_000);
  vendor.revoke();
  const call = session.fetch("zones").catch((error: unknown) => error);
  await settle();
  gate.resolve();
  expect(await call).toMatchObject({ code: "unexpected_response" });
  await vendor.clock.advance(1_000);
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
});

test("G6: if a call joins a renewal after the renewal refused to prompt, the person is prompted", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const inner = memoryStore();
  let release = Promise.resolve();
  const store: SessionStore = {
    ...inner,
    async withLock(key, run, options) {
      const result = await inner.withLock?.(key, run, options);
      await release;
      return result as Awaited<ReturnType<typeof run>>;
    },
  };
  const asked: string[] = [];
  const session = vendor.session(
    { store },
    {
      async login(context) {
        const refusal = () =>
          new SecondFactorRequired("fake", "a person is needed.", { reason: "background", methods: [] });
        await context.prompt(
          () => {},
          refusal,
          () => asked.push("once more"),
        );
        return vendor.flow.login(context);
      },
    },
  );
  await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  const gate = Promise.withResolvers<void>();
  release = gate.promise;
  await session.fetch("zones");
  await settle();
  vendor.revoke();
  const call = session.fetch("zones");
  await settle();
  expect(asked).toHaveLength(1);
  gate.resolve();
  expect((await call).status).toBe(200);
  expect(asked).toHaveLength(2);
});

test("G14: renew() after logout() fails with session_closed and sends nothing", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  await session.logout();
  const sent = vendor.seen.length;
  await expect(session.renew()).rejects.toMatchObject({ code: "session_closed" });
  expect(vendor.seen).toHaveLength(sent);
});

test("G14: a second logout() keeps the session that another session object has stored since", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const session = vendor.session({ store });
  await session.login();
  await session.logout();
  await vendor.session({ store }).login();
  await session.logout();
  await vendor.session({ store }).login();
  expect(vendor.logins).toBe(2);
});

test("G14: a login that succeeds after logout() is not stored", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  const written: string[] = [];
  const store: SessionStore = {
    ...inner,
    withLock: (key, run, options) => inner.withLock?.(key, (lease) => run({ ...lease, set }), options) as never,
  };
  async function set(_: string, value: string) {
    written.push(value);
  }
  const session = vendor.session({ store });
  const held = vendor.hold("/login");
  const login = session.login().catch((error: unknown) => error);
  await held.arrived;
  const logout = session.logout();
  held.release();
  await logout;
  expect(await login).toMatchObject({ code: "session_closed" });
  expect(written).toEqual([]);
  await session.login();
  expect(written).toHaveLength(1);
});

test("G14: logout() ends the delay before a login is retried", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "10" } }));
  const login = session.login().catch((error: unknown) => error);
  await settle();
  await session.logout();
  expect(await login).toMatchObject({ code: "session_closed" });
  expect(vendor.seen).toHaveLength(1);
});

test("G14: logout() waits until a session that a failed login left open is ended at the vendor", async () => {
  const vendor = fakeVendor();
  const gate = Promise.withResolvers<void>();
  const session = vendor.session(
    {},
    {
      async login(context) {
        Object.assign(context.draft, { token: "half-open" });
        return vendor.flow.login(context);
      },
      abandon: () => gate.promise,
    },
  );
  vendor.password = "made-up-and-changed";
  await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
  let over = false;
  const logout = session.logout().then(() => {
    over = true;
  });
  await settle();
  expect(over).toBe(false);
  gate.resolve();
  await logout;
});
