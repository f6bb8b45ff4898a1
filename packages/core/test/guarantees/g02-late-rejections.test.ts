import { describe, expect, test } from "vitest";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

describe.each(clients)("$name", ({ open }) => {
  test("G2: a late rejection of the old session only resends that call with the new session", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    const late = vendor.hold("/late");
    const slow = call("late");
    await late.arrived;
    await call("quick");
    expect(vendor.logins).toBe(2);
    const before = session.info;
    late.release();
    expect(await (await slow).json()).toEqual({ path: "/late", token: "token-2" });
    expect(vendor.logins).toBe(2);
    expect(session.info).toEqual(before);
  });

  test("G2: a rejection that arrives during the next login joins that login", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    const login = vendor.hold("/login");
    const calls = [call("a"), call("b")];
    await login.arrived;
    await settle();
    calls.push(call("c"));
    login.release();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(vendor.logins).toBe(2);
  });

  test("G2: a rejection that arrives after logout() does not sign in", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    const late = vendor.hold("/late");
    const slow = call("late");
    await late.arrived;
    await session.logout();
    late.release();
    await expect(slow).rejects.toMatchObject({ code: "session_closed" });
    expect(vendor.logins).toBe(1);
  });
});
