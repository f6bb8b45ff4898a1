import { describe, expect, test } from "vitest";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";

describe.each(clients)("$name", ({ open, usesUndici }) => {
  // Sockets take longer.
  const callers = usesUndici ? 1_000 : 10_000;

  test(`G1: ${callers} concurrent callers of a new session make one login`, async () => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session());
    const responses = await Promise.all(Array.from({ length: callers }, () => call("zones")));
    expect(responses.every(({ ok }) => ok)).toBe(true);
    expect(vendor.logins).toBe(1);
    expect(vendor.seen.filter(({ path }) => path === "/login")).toHaveLength(1);
  });

  test("G1: concurrent calls, login() and authorization() share one login", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await Promise.all([call("a"), session.login(), session.authorization(), call("b")]);
    expect(vendor.logins).toBe(1);
  });

  test("G1: a hundred calls that are rejected together make one login", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    const responses = await Promise.all(Array.from({ length: 100 }, () => call("zones")));
    expect(responses.every(({ ok }) => ok)).toBe(true);
    expect(vendor.logins).toBe(2);
  });

  test("G1: calls during a login wait for that login", async () => {
    const vendor = fakeVendor();
    const held = vendor.hold("/login");
    const call = open(vendor, vendor.session());
    const first = call("a");
    await held.arrived;
    const second = call("b");
    held.release();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(vendor.logins).toBe(1);
  });
});

test("G1: renew() during a login is that login", async () => {
  const vendor = fakeVendor();
  const held = vendor.hold("/login");
  const session = vendor.session();
  const waits = [session.login(), session.renew(), session.renew()];
  await held.arrived;
  held.release();
  await Promise.all(waits);
  expect(vendor.logins).toBe(1);
});

test("G1: renew() on a live session signs in again, while calls continue with the old session", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  const held = vendor.hold("/login");
  const renewal = session.renew();
  await held.arrived;
  expect(await (await session.fetch("during")).json()).toMatchObject({ token: "token-1" });
  held.release();
  await renewal;
  expect(await (await session.fetch("after")).json()).toMatchObject({ token: "token-2" });
  expect(vendor.logins).toBe(2);
});
