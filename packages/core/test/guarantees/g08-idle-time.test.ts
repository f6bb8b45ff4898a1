import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";
import { writingThrough } from "../writing-through.ts";

const MINUTE = 60_000;

describe.each(clients)("$name", ({ open }) => {
  test("G8: idle time counts from the last request sent", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ idleTimeout: 15 * MINUTE });
    const call = open(vendor, session);
    await session.login();
    for (let n = 0; n < 5; n++) {
      await vendor.clock.advance(14 * MINUTE);
      await call("zones");
    }
    expect(vendor.logins).toBe(1);
    await vendor.clock.advance(15 * MINUTE);
    await call("zones");
    expect(vendor.logins).toBe(2);
  });

  test("G8: a failed request also counts", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ idleTimeout: 15 * MINUTE });
    const call = open(vendor, session);
    await session.login();
    await vendor.clock.advance(10 * MINUTE);
    vendor.next("/zones", () => new Response(null, { status: 500 }));
    await call("zones");
    await vendor.clock.advance(10 * MINUTE);
    vendor.next("/zones", () => Promise.reject(new TypeError("fetch failed")));
    await expect(call("zones")).rejects.toThrow(/fetch failed|network error|other side closed/);
    await vendor.clock.advance(10 * MINUTE);
    await call("zones");
    expect(vendor.logins).toBe(1);
  });

  test("G8: the last use is stored, so that another process does not consider a live session expired", async () => {
    const vendor = fakeVendor();
    const store = memoryStore();
    const busy = vendor.session({ store, idleTimeout: 15 * MINUTE });
    const call = open(vendor, busy);
    for (let n = 0; n < 6; n++) {
      await call("zones");
      await vendor.clock.advance(10 * MINUTE);
    }
    await open(vendor, vendor.session({ store, idleTimeout: 15 * MINUTE }))("zones");
    expect(vendor.logins).toBe(1);
  });

  test("G8: the last use is stored at most once per tenth of the idle time", async () => {
    const vendor = fakeVendor();
    let writes = 0;
    const inner = memoryStore();
    const store = writingThrough(inner, async (key, value) => {
      writes++;
      await inner.set(key, value);
    });
    const session = vendor.session({ store, idleTimeout: 15 * MINUTE });
    const call = open(vendor, session);
    await session.login();
    expect(writes).toBe(1);
    for (let n = 0; n < 900; n++) {
      await call("zones");
      vendor.clock.set(vendor.clock.now() + 1_000);
    }
    await settle();
    expect(writes).toBeGreaterThan(8);
    expect(writes).toBeLessThanOrEqual(11);
  });
});

test("G8: reading `info` does not count as a use", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ idleTimeout: 15 * MINUTE });
  await session.login();
  await vendor.clock.advance(10 * MINUTE);
  expect(session.info).toBeDefined();
  await vendor.clock.advance(5 * MINUTE);
  expect(session.info).toBeUndefined();
});
