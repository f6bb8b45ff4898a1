import { expect, test } from "vitest";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

test("L2: a rejection of the old session that arrives late only sends that call again, with the new one", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  const late = vendor.hold("/late");
  const slow = session.fetch("late");
  await late.arrived;
  await session.fetch("quick");
  expect(vendor.logins).toBe(2);
  const before = session.info;
  late.release();
  expect(await (await slow).json()).toEqual({ path: "/late", token: "token-2" });
  expect(vendor.logins).toBe(2);
  expect(session.info).toEqual(before);
});

test("L2: a rejection that arrives while the next login runs joins it", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  const login = vendor.hold("/login");
  const calls = [session.fetch("a"), session.fetch("b")];
  await login.arrived;
  await settle();
  calls.push(session.fetch("c"));
  login.release();
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(vendor.logins).toBe(2);
});

test("L2: a rejection that arrives after logout() signs nobody in", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  const late = vendor.hold("/late");
  const slow = session.fetch("late");
  await late.arrived;
  await session.logout();
  late.release();
  await expect(slow).rejects.toMatchObject({ code: "session_closed" });
  expect(vendor.logins).toBe(1);
});
