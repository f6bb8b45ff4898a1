import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { clients } from "../clients.ts";
import { type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const HOUR = 3_600_000;

const signedOut = (vendor: FakeVendor) =>
  vendor.seen.filter(({ path }) => path === "/logout").map(({ headers }) => headers.get("authorization"));

describe("G18: a replaced session is signed out once at the vendor", () => {
  test("after `renew()`", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.fetch("zones");
    await session.renew();
    await settle();
    expect(signedOut(vendor)).toEqual(["Bearer token-1"]);
    expect([...vendor.live]).toEqual(["token-2"]);
    await session.fetch("zones");
    await settle();
    expect(signedOut(vendor)).toHaveLength(1);
  });

  test("after an early login in the background", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = HOUR;
    const session = vendor.session();
    await session.fetch("zones");
    await vendor.clock.advance(0.99 * HOUR);
    await session.fetch("zones");
    await settle();
    expect(signedOut(vendor)).toEqual(["Bearer token-1"]);
    expect([...vendor.live]).toEqual(["token-2"]);
  });

  test("after the login that a rejected call causes, even if the vendor answers 401", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.fetch("zones");
    vendor.revoke();
    expect((await session.fetch("zones")).status).toBe(200);
    await settle();
    expect(signedOut(vendor)).toEqual(["Bearer token-1"]);
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });

  test("after a login that a rejected call causes, although an earlier attempt failed", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ retry: { attempts: 1 } });
    await session.fetch("zones");
    vendor.next("/forbidden", () => new Response(null, { status: 401 }));
    vendor.next("/login", () => new Response(null, { status: 503 }));
    await expect(session.fetch("forbidden")).rejects.toMatchObject({ code: "vendor_unavailable" });
    await vendor.clock.advance(10_000);
    await session.fetch("zones");
    await settle();
    expect(signedOut(vendor)).toEqual(["Bearer token-1"]);
    expect([...vendor.live]).toEqual(["token-2"]);
  });

  test("after 60 s, if a call has received no headers by then", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.fetch("zones");
    const held = vendor.hold("/slow");
    const slow = session.fetch("slow");
    await held.arrived;
    await session.renew();
    await vendor.clock.advance(59_999);
    expect(signedOut(vendor)).toEqual([]);
    await vendor.clock.advance(1);
    expect(signedOut(vendor)).toEqual(["Bearer token-1"]);
    held.release();
    await slow;
  });
});

describe.each(clients)("$name", ({ open }) => {
  test("G18: a replaced session is signed out when the headers of its last call have arrived", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await call("zones");
    const held = vendor.hold("/slow");
    const slow = call("slow");
    await held.arrived;
    await session.renew();
    await settle();
    expect(signedOut(vendor)).toEqual([]);
    held.release();
    expect((await slow).status).toBe(200);
    await settle();
    expect(signedOut(vendor)).toEqual(["Bearer token-1"]);
  });

  test("G18: the sign-out does not wait for a call that has failed, was redirected, or was rejected", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await call("zones");
    vendor.next("/broken", () => Promise.reject(new TypeError("fetch failed")));
    await call("broken").catch(() => {});
    const leaving = new AbortController();
    const held = vendor.hold("/slow");
    const slow = call("slow", { signal: leaving.signal }).catch(() => {});
    await held.arrived;
    leaving.abort();
    await slow;
    held.release();
    vendor.next("/moved", () => new Response(null, { status: 307, headers: { location: "/zones" } }));
    expect((await call("moved")).status).toBe(200);
    vendor.revoke();
    expect((await call("zones")).status).toBe(200);
    await settle();
    expect(signedOut(vendor)).toEqual(["Bearer token-1"]);
    expect(vendor.clock.pending).toBe(0);
  });
});

test("G18: if the credential of a replaced session rotates, the new credential is signed out", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({}, { rotate: (response) => response.headers.get("x-rotated") ?? undefined });
  await session.fetch("zones");
  const answer = Promise.withResolvers<Response>();
  vendor.next("/slow", () => answer.promise);
  const slow = session.fetch("slow");
  await settle();
  await session.renew();
  vendor.live.delete("token-1");
  vendor.live.add("token-1b");
  answer.resolve(new Response(null, { headers: { "x-rotated": "token-1b" } }));
  await slow;
  await settle();
  expect([...vendor.live]).toEqual(["token-2"]);
});

describe("G18: a session is left alone", () => {
  test("if there is a store, because other processes may use it", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ store: memoryStore() });
    await session.fetch("zones");
    await session.renew();
    await settle();
    expect(signedOut(vendor)).toEqual([]);
  });

  test("if the vendor ends it at each login", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({}, { endsPrevious: true });
    await session.fetch("zones");
    await session.renew();
    await settle();
    expect(signedOut(vendor)).toEqual([]);
  });

  test("if the login returns the same credential again", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.fetch("zones");
    vendor.next("/login", () => new Response("{}", { headers: { "x-token": "token-1" } }));
    await session.renew();
    await settle();
    expect(signedOut(vendor)).toEqual([]);
    expect((await session.fetch("zones")).status).toBe(200);
  });

  test("if it has expired", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = HOUR;
    const session = vendor.session();
    await session.fetch("zones");
    await vendor.clock.advance(HOUR);
    await session.fetch("zones");
    await settle();
    expect(signedOut(vendor)).toEqual([]);
  });

  test("if it was extended", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = HOUR;
    const session = vendor.session({}, { extend: async (context) => ({ expiresAt: context.now() + HOUR }) });
    await session.fetch("zones");
    await vendor.clock.advance(0.99 * HOUR);
    await session.fetch("zones");
    await settle();
    expect(signedOut(vendor)).toEqual([]);
    expect(vendor.logins).toBe(1);
  });

  test("if it was extended with another credential", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = HOUR;
    const extend = async () => ({ data: "token-e", expiresIn: HOUR });
    const session = vendor.session({}, { extend });
    vendor.live.add("token-e");
    await session.fetch("zones");
    await vendor.clock.advance(0.99 * HOUR);
    await session.fetch("zones");
    await settle();
    expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-e" });
    expect(signedOut(vendor)).toEqual([]);
  });

  test("if it has expired since a rejected call ended it", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = HOUR;
    const session = vendor.session({ retry: { attempts: 1 } });
    await session.fetch("zones");
    vendor.next("/a", () => new Response(null, { status: 401 }));
    vendor.next("/login", () => new Response(null, { status: 503 }));
    await expect(session.fetch("a")).rejects.toMatchObject({ code: "vendor_unavailable" });
    await vendor.clock.advance(HOUR);
    await session.fetch("zones");
    await settle();
    expect(vendor.logins).toBe(2);
    expect(signedOut(vendor)).toEqual([]);
  });
});

test("G18: `logout()` and `close()` do not wait for the sign-out of a replaced session", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.fetch("zones");
  const held = vendor.hold("/slow");
  const slow = session.fetch("slow");
  await held.arrived;
  await session.renew();
  await session.logout();
  expect(signedOut(vendor)).toEqual(["Bearer token-2"]);
  held.release();
  await slow;
  await settle();
  expect(signedOut(vendor)).toEqual(["Bearer token-2", "Bearer token-1"]);
});
