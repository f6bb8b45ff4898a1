import { describe, expect, test } from "vitest";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";

describe.each(clients)("$name", ({ open }) => {
  test("G7: an expired session is not used: the call waits for a new login", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = 60_000;
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    await vendor.clock.advance(60_000);
    expect(session.info).toBeUndefined();
    expect(await (await call("zones")).json()).toMatchObject({ token: "token-2" });
    expect(vendor.seen.filter(({ path }) => path === "/zones")).toHaveLength(1);
  });

  test("G7: a session is used until one millisecond before it expires", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ lifetime: 60_000, renewBefore: 1 });
    const call = open(vendor, session);
    await session.login();
    await vendor.clock.advance(59_998);
    expect(await (await call("zones")).json()).toMatchObject({ token: "token-1" });
  });
});

test("G7: the option `lifetime` applies if it ends the session earlier", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 60_000;
  const session = vendor.session({ lifetime: 10_000 });
  const info = await session.login();
  expect(info.expiresAt).toBe(info.issuedAt + 10_000);
});

test("G20: the expiry of a session in use emits one event", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 60_000;
  const session = vendor.session();
  const info = await session.login();
  const heard: unknown[] = [];
  session.on("expired", (event) => heard.push(event));
  await vendor.clock.advance(60_000);
  await session.fetch("zones");
  expect(heard).toEqual([{ type: "expired", info, overAtLogin: false }]);
});
