import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

describe.each(clients)("$name", ({ open }) => {
  test("G14: after logout(), calls fail with session_closed, and nothing signs in", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    await session.logout();
    const waits = [call("a"), session.authorization(), session.renew()];
    for (const wait of waits) await expect(wait).rejects.toMatchObject({ code: "session_closed" });
    expect([vendor.logins, vendor.live.size, session.info]).toEqual([1, 0, undefined]);
  });

  test("G14: login() opens the session again", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    await session.logout();
    await session.login();
    expect((await call("a")).status).toBe(200);
  });

  test("G14: a login in flight is dropped, and its session is ended at the vendor if it succeeds", async () => {
    const vendor = fakeVendor();
    const held = vendor.hold("/login");
    const session = vendor.session();
    const call = open(vendor, session);
    const waiting = call("a");
    await held.arrived;
    const refused = expect(waiting).rejects.toMatchObject({ code: "session_closed" });
    const out = session.logout();
    await refused;
    held.release();
    await out;
    expect([vendor.logins, vendor.live.size]).toEqual([1, 0]);
    await expect(call("b")).rejects.toMatchObject({ code: "session_closed" });
  });

  test("G14: login() during a logout() starts a separate session, which stays", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ store: memoryStore() });
    const call = open(vendor, session);
    await session.login();
    const held = vendor.hold("/logout");
    const out = session.logout();
    await held.arrived;
    await session.login();
    held.release();
    await out;
    await settle();
    expect(await (await call("a")).json()).toMatchObject({ token: "token-2" });
    expect(vendor.live).toEqual(new Set(["token-2"]));
  });
});

test("G14: the session is removed even if the vendor answers with an error, which is then thrown", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const session = vendor.session({ store });
  await session.login();
  vendor.next("/logout", () => new Response(null, { status: 400 }));
  await expect(session.logout()).rejects.toMatchObject({ code: "unexpected_response", status: 400 });
  await expect(session.fetch("a")).rejects.toMatchObject({ code: "session_closed" });
  await vendor.session({ store }).login();
  expect(vendor.logins).toBe(2);
});

test("G14: a second logout() sends nothing to the vendor", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  await session.logout();
  await session.logout();
  expect(vendor.seen.filter(({ path }) => path === "/logout")).toHaveLength(1);
});

test("G14: a dropped login with several steps takes no further step", async () => {
  const vendor = fakeVendor();
  const held = vendor.hold("/step-1");
  const session = vendor.session(
    {},
    {
      async login(context) {
        await context.send("step-1");
        await context.send("step-2");
        return { data: "never", user: { name: "" } };
      },
    },
  );
  session.login().catch(() => {});
  await held.arrived;
  const out = session.logout();
  held.release();
  await out;
  expect(vendor.seen.map(({ path }) => path)).toEqual(["/step-1"]);
});

test("G14: a renewal in flight is dropped too, and both sessions are ended at the vendor", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  const held = vendor.hold("/login");
  const renewal = session.renew();
  await held.arrived;
  const refused = expect(renewal).rejects.toMatchObject({ code: "session_closed" });
  const out = session.logout();
  held.release();
  await Promise.all([out, refused]);
  expect([vendor.logins, vendor.live.size]).toEqual([2, 0]);
});

test("G14: an extension in flight is dropped too, and the session that it still opens is ended at the vendor", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 3_600_000;
  const gate = Promise.withResolvers<void>();
  const session = vendor.session(
    {},
    {
      async extend() {
        await gate.promise;
        vendor.live.add("token-e");
        return { data: "token-e", expiresIn: 3_600_000 };
      },
    },
  );
  await session.login();
  await vendor.clock.advance(3_500_000);
  await session.fetch("zones");
  const logout = session.logout();
  gate.resolve();
  await logout;
  await settle();
  expect(vendor.live.size).toBe(0);
  expect(session.health.state).toBe("closed");
});

test("G14: a session that is signed out while it is being stored does not stay in the store", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  const storing = Promise.withResolvers<void>();
  const stored = Promise.withResolvers<void>();
  // Without locks, nothing else orders the writes.
  const store = {
    get: inner.get,
    delete: inner.delete,
    async set(key: string, value: string) {
      storing.resolve();
      await stored.promise;
      await inner.set(key, value);
    },
  };
  const session = vendor.session({ store });
  const login = expect(session.login()).rejects.toMatchObject({ code: "session_closed" });
  await storing.promise;
  const logout = session.logout();
  await login;
  stored.resolve();
  await logout;
  await settle();
  expect(await inner.get(await storeKey(vendor.flow, "operator"))).toBeUndefined();
  expect(vendor.live.size).toBe(0);
});

test("G14: `await using` signs out", async () => {
  const vendor = fakeVendor();
  {
    await using session = vendor.session();
    await session.fetch("a");
  }
  expect(vendor.live.size).toBe(0);
});

test("G14: an aborted logout() still removes the session", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  const held = vendor.hold("/logout");
  const leaver = new AbortController();
  const out = session.logout({ signal: leaver.signal });
  await held.arrived;
  leaver.abort();
  await expect(out).rejects.toMatchObject({ name: "AbortError" });
  await expect(session.fetch("a")).rejects.toMatchObject({ code: "session_closed" });
  held.release();
});
