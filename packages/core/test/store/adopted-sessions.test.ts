import { expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

const HOUR = 3_600_000;

test("G7: the option `lifetime` shortens a stored session, and never lengthens it", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 60_000;
  const store = memoryStore();
  const { issuedAt, expiresAt } = await vendor.session({ store }).login();
  expect(expiresAt).toBe(issuedAt + 60_000);
  for (const [lifetime, end] of [
    [undefined, 60_000],
    [HOUR, 60_000],
    [10_000, 10_000],
  ] as const) {
    const info = await vendor.session({ store, ...(lifetime && { lifetime }) }).login();
    expect(info.expiresAt).toBe(issuedAt + end);
  }
  expect(vendor.logins).toBe(1);
});

test.each([
  ["that it was stored with", 100_000, undefined, 100_000],
  ["of the session's own option", 100_000, 30_000, 30_000],
  ["of the session's own option, also if it was stored without one", undefined, 30_000, 30_000],
])("G8: a stored session ends after the idle time %s", async (_, stored, own, end) => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store, ...(stored && { idleTimeout: stored }) }).fetch("zones");
  const session = vendor.session({ store, ...(own && { idleTimeout: own }) });
  await session.fetch("zones");
  for (const [ms, logins] of [
    [end - 1, 1],
    [end, 2],
  ] as const) {
    await vendor.clock.advance(ms);
    await session.fetch("zones");
    expect(vendor.logins).toBe(logins);
  }
});

test.each([
  ["in the future counts as now", HOUR, 60_000],
  ["in the past counts", -10_000, 50_000],
])("G8: a stored time of use that is %s", async (_, ago, left) => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store }).login();
  const key = await storeKey(vendor.flow, CREDENTIALS.username);
  await vendor.clock.advance(20_000);
  const { session: record } = JSON.parse((await store.get(key)) ?? "");
  await store.set(key, JSON.stringify({ session: { ...record, usedAt: vendor.clock.now() + ago } }));
  const session = vendor.session({ store, idleTimeout: 60_000 });
  await session.login();
  await vendor.clock.advance(left - 1);
  expect(session.info).toBeDefined();
  await vendor.clock.advance(1);
  expect(session.info).toBeUndefined();
});
