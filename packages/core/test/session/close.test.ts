import { describe, expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { cancellation } from "../../src/util/cancellation.ts";
import { type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";
import { writingThrough } from "../writing-through.ts";

const logoutsAt = (vendor: FakeVendor) => vendor.seen.filter(({ path }) => path === "/logout").length;

describe("`close()` without a store", () => {
  test("signs out at the vendor, and calls then fail until `login()`", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.fetch("zones");
    await session.close();
    expect(vendor.live.size).toBe(0);
    expect(session.health.state).toBe("closed");
    await expect(session.fetch("zones")).rejects.toMatchObject({ code: "session_closed" });
    expect(vendor.logins).toBe(1);
    await session.login();
    expect((await session.fetch("zones")).status).toBe(200);
  });

  test("does not fail if the vendor does not confirm; the event `logout` has the error", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ retry: { attempts: 1 } });
    const errors: unknown[] = [];
    session.on("logout", ({ error }) => errors.push(error));
    await session.fetch("zones");
    vendor.next("/logout", () => new Response(null, { status: 503 }));
    await session.close();
    expect(errors).toEqual([expect.objectContaining({ code: "vendor_unavailable" })]);
  });

  test("runs at the end of a block with `await using`", async () => {
    const vendor = fakeVendor();
    {
      await using session = vendor.session();
      await session.fetch("zones");
    }
    expect(vendor.live.size).toBe(0);
  });

  test("of a session that never signed in sends nothing", async () => {
    const vendor = fakeVendor();
    await vendor.session().close();
    expect(vendor.seen).toEqual([]);
  });
});

describe("`close()` with a store", () => {
  test("leaves the session in the store and at the vendor", async () => {
    const vendor = fakeVendor();
    const store = memoryStore();
    const session = vendor.session({ store });
    await session.fetch("zones");
    await session.close();
    await expect(session.fetch("zones")).rejects.toMatchObject({ code: "session_closed" });
    expect(logoutsAt(vendor)).toBe(0);
    expect((await vendor.session({ store }).fetch("zones")).status).toBe(200);
    await session.login();
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(1);
  });

  test("stores the time of the last use, so that the next start knows the idle time", async () => {
    const vendor = fakeVendor();
    const store = memoryStore();
    const options = { store, idleTimeout: 100_000 };
    const session = vendor.session(options);
    await session.fetch("zones");
    await vendor.clock.advance(9_000);
    await session.fetch("zones");
    await session.close();
    await vendor.clock.advance(99_000);
    await vendor.session(options).fetch("zones");
    expect(vendor.logins).toBe(1);
  });

  test("called twice, or after `logout()`, does nothing more", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ store: memoryStore() });
    await session.fetch("zones");
    await session.close();
    await session.close();
    await session.logout();
    expect(logoutsAt(vendor)).toBe(0);
    await session.login();
    await session.logout();
    await session.close();
    expect(logoutsAt(vendor)).toBe(1);
  });
});

test("`close()` during a read of the session from the store leaves it there and at the vendor", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  await vendor.session({ store: inner }).login();
  const gate = Promise.withResolvers<void>();
  const get: SessionStore["get"] = (key) => gate.promise.then(() => inner.get(key));
  const session = vendor.session({ store: { ...inner, get } });
  const call = expect(session.fetch("zones")).rejects.toMatchObject({ code: "session_closed" });
  await settle();
  const closed = session.close();
  gate.resolve();
  await Promise.all([call, closed]);
  await settle();
  expect(logoutsAt(vendor)).toBe(0);
  expect((await vendor.session({ store: inner }).fetch("zones")).status).toBe(200);
  expect(vendor.logins).toBe(1);
});

test("`close()` retries to store a session that the store could not take before", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  let down = true;
  const store = writingThrough(inner, async (...value) => {
    if (down) throw new Error("the disk is full");
    await inner.set(...value);
  });
  const session = vendor.session({ store });
  await session.fetch("zones");
  down = false;
  await session.close();
  await vendor.session({ store }).fetch("zones");
  expect(vendor.logins).toBe(1);
});

test.each([
  ["was signed in here", true],
  ["another process has stored", false],
])("a session that %s is not used again after `logout()`, although the store could not remove it", async (_, isOwn) => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  const store = { ...inner, delete: () => Promise.reject(new Error("the disk is read-only")) };
  if (!isOwn) await vendor.session({ store }).login();
  const session = vendor.session({ store });
  if (isOwn) await session.login();
  await session.logout();
  await session.login();
  expect((await session.fetch("zones")).status).toBe(200);
  expect(vendor.seen.filter(({ status }) => status === 401)).toEqual([]);
  expect(vendor.logins).toBe(2);
});

test("G20: the event `logout` has the info of the session that was signed out, if there was one", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const heard: unknown[] = [];
  session.on("logout", (event) => heard.push(event));
  const info = await session.login();
  await session.logout();
  await vendor.clock.advance(0);
  const unused = vendor.session();
  unused.on("logout", (event) => heard.push(event));
  await unused.logout();
  expect(heard).toEqual([
    { type: "logout", info },
    { type: "logout", info: undefined },
  ]);
});

test("a second `close()` with a store waits as long as the first", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ store: memoryStore() });
  const held = vendor.hold("/login");
  const call = session.fetch("zones").catch(() => {});
  await held.arrived;
  let over = 0;
  const closed = [session.close(), session.close()].map((one) => one.then(() => over++));
  await settle();
  expect(over).toBe(0);
  held.release();
  await Promise.all([call, ...closed]);
});

test.each([
  ["memory", () => ({})],
  ["a store", () => ({ store: memoryStore() })],
])("G4: `close()` with %s cancels a login, and a session that it still opens is signed out", async (_, options) => {
  const vendor = fakeVendor();
  const session = vendor.session(options());
  const held = vendor.hold("/login");
  const call = session.fetch("zones");
  const failed = expect(call).rejects.toMatchObject({ code: "session_closed" });
  await held.arrived;
  const closed = session.close();
  await failed;
  held.release();
  await closed;
  await settle();
  expect(vendor.live.size).toBe(0);
});

test.each([
  ["memory", () => ({})],
  ["a store", () => ({ store: memoryStore() })],
])("G4: `close()` with %s cancels the request of a login if the whole program ends", async (_, options) => {
  for (const isEnding of [true, false]) {
    const vendor = fakeVendor();
    const session = vendor.session(options());
    const held = vendor.hold("/login");
    const failed = expect(session.fetch("zones")).rejects.toMatchObject({ code: "session_closed" });
    await held.arrived;
    const program = new AbortController();
    if (isEnding) program.abort(cancellation(new Error("Ctrl-C")));
    const closed = session.close({ signal: program.signal }).catch(() => {});
    program.abort(cancellation(new Error("Ctrl-C")));
    await Promise.all([failed, closed]);
    // Waits for the same result, which does not depend on the vendor.
    await session.close();
  }
});

test("an aborted `close()` rejects with the signal's reason, and the session is closed anyway", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.fetch("zones");
  const held = vendor.hold("/logout");
  const leaving = new AbortController();
  const closed = session.close({ signal: leaving.signal });
  await held.arrived;
  leaving.abort(new Error("no time left"));
  await expect(closed).rejects.toThrow("no time left");
  expect(session.health.state).toBe("closed");
  held.release();
  await settle();
  expect(vendor.live.size).toBe(0);
});

test("a second `close()` or `logout()` waits for the first one, and does not fail", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ retry: { attempts: 1 } });
  await session.fetch("zones");
  const held = Promise.withResolvers<Response>();
  const arrived = Promise.withResolvers<void>();
  vendor.next("/logout", () => {
    arrived.resolve();
    return held.promise;
  });
  const first = expect(session.logout()).rejects.toMatchObject({ code: "vendor_unavailable" });
  await arrived.promise;
  let over = false;
  const others = Promise.all([session.close(), session.logout()]).then(() => {
    over = true;
  });
  await settle();
  expect(over).toBe(false);
  held.resolve(new Response(null, { status: 503 }));
  await first;
  await others;
});

test("G18: a rejected session is ended too, if `close()` is called before its replacement", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ retry: { attempts: 1 } });
  await session.fetch("zones");
  vendor.next("/forbidden", () => new Response(null, { status: 401 }));
  vendor.next("/login", () => new Response(null, { status: 503 }));
  await expect(session.fetch("forbidden")).rejects.toMatchObject({ code: "vendor_unavailable" });
  await session.close();
  await settle();
  expect(vendor.live.size).toBe(0);
});
