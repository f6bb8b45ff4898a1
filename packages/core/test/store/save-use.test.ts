import { join } from "node:path";
import { expect, test } from "vitest";
import type { Lease, SessionStore } from "../../src/contract/session-store.ts";
import { fileStore } from "../../src/node/file-store/file-store.ts";
import { encryptedStore } from "../../src/store/encrypted-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { temporaryDirectory } from "../node/file-store/temporary.ts";

const MINUTE = 60_000;
const directory = async () => join(await temporaryDirectory(), "sessions");
const key = new Uint8Array(32).fill(1);
const stores: Record<string, () => Promise<SessionStore>> = {
  memoryStore: async () => memoryStore(),
  fileStore: async () => fileStore({ directory: await directory() }),
  "encryptedStore over fileStore": async () => encryptedStore(fileStore({ directory: await directory() }), { key }),
};

/** The store, and the names of its operations as they are called. */
function heard(store: SessionStore) {
  const asked: string[] = [];
  const listening = new Proxy(store, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return (...parameters: unknown[]) => {
        asked.push(String(name));
        if (name !== "withLock") return method.apply(target, parameters);
        const [lockedKey, run, options] = parameters as Parameters<NonNullable<SessionStore["withLock"]>>;
        const listened = (lease: Lease) =>
          run({
            signal: lease.signal,
            set: (...values) => {
              asked.push("lease.set");
              return lease.set(...values);
            },
          });
        return method.call(target, lockedKey, listened, options);
      };
    },
  });
  return { store: listening, asked };
}

for (const [name, make] of Object.entries(stores)) {
  test(`${name}: a first call reads four times, a warm start reads once, and a call on a live session never reads`, async () => {
    const vendor = fakeVendor();
    const { store, asked } = heard(await make());
    const [one, two] = [vendor.session({ store }), vendor.session({ store })];
    await one.fetch("a");
    expect(asked.splice(0)).toEqual(["get", "withLock", "get", "lease.set"]);
    await two.fetch("a");
    expect(asked.splice(0)).toEqual(["get"]);
    for (let count = 0; count < 500; count++) for (const session of [one, two]) await session.fetch("a");
    // Background operations would come before this session's write.
    for (const session of [one, two]) await session.renew();
    expect(asked).toEqual(["withLock", "get", "lease.set", "withLock", "get", "lease.set"]);
    expect(vendor.logins).toBe(3);
  });

  test(`${name}: with an idle timeout, a use is stored at most once per tenth of it, by one read and one write`, async () => {
    const vendor = fakeVendor();
    const { store, asked } = heard(await make());
    const session = vendor.session({ store, idleTimeout: 15 * MINUTE });
    await session.login();
    asked.length = 0;
    // An hour: 40 tenths of the idle timeout.
    for (let second = 0; second < 3_600; second++) {
      await session.fetch("a");
      vendor.clock.set(vendor.clock.now() + 1_000);
    }
    // The read and write come after all operations that are still running on a disk.
    await session.renew();
    const told = asked.filter((method) => method !== "withLock").slice(0, -2);
    expect(told).toEqual(Array.from({ length: told.length / 2 }, () => ["get", "set"]).flat());
    expect(told.length / 2).toBeLessThanOrEqual(40);
    expect(told.length / 2).toBeGreaterThan(35);
  });
}
