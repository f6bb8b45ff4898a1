import { inspect } from "node:util";
import Keyv from "keyv";
import { afterEach, expect, test, vi } from "vitest";
import { keyvStore } from "../../src/store/keyv-store.ts";
import { fakeVendor } from "../fake-vendor.ts";

afterEach(() => void vi.useRealTimers());

test("the store keeps, replaces and removes values", async () => {
  const store = keyvStore(new Keyv());
  expect(await store.get("a")).toBeUndefined();
  await store.set("a", "1");
  await store.set("a", "2");
  await store.set("vms|fake|https://vendor.example|a%40b|00", "3");
  expect(await store.get("a")).toBe("2");
  expect(await store.get("vms|fake|https://vendor.example|a%40b|00")).toBe("3");
  await store.delete("a");
  await store.delete("a");
  expect(await store.get("a")).toBeUndefined();
});

test("the store has no lock", () => {
  expect(keyvStore(new Keyv())).not.toHaveProperty("withLock");
});

test("a value is dropped after its expiry, and not before", async () => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
  const store = keyvStore(new Keyv());
  await store.set("a", "1", { expiresAt: 1_060_000 });
  vi.setSystemTime(1_059_000);
  expect(await store.get("a")).toBe("1");
  vi.setSystemTime(1_060_001);
  expect(await store.get("a")).toBeUndefined();
});

test("a value without an expiry, or with an invalid one, is kept", async () => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
  const store = keyvStore(new Keyv());
  await store.set("a", "1");
  await store.set("b", "2", { expiresAt: Number.POSITIVE_INFINITY });
  vi.setSystemTime(1e15);
  expect([await store.get("a"), await store.get("b")]).toEqual(["1", "2"]);
});

test("an expired value removes the older one", async () => {
  const store = keyvStore(new Keyv());
  for (const expiresAt of [Date.now(), 1]) {
    await store.set("a", "1");
    await store.set("a", "2", { expiresAt });
    expect(await store.get("a")).toBeUndefined();
  }
});

test("a value that is not a string is ignored", async () => {
  const keyv = new Keyv();
  await keyv.set("a", { some: "object" });
  expect(await keyvStore(keyv).get("a")).toBeUndefined();
});

const failing = () => {
  const fail = async () => {
    throw Object.assign(new Error("redis://operator:made-up-password@host is down"), { code: "SQLITE_BUSY" });
  };
  return new Keyv({ store: { get: fail, set: fail, delete: fail, clear: fail } });
};

test("a backend that fails makes every operation fail, with the code of its error and without its text", async () => {
  const store = keyvStore(failing());
  for (const operation of [() => store.get("a"), () => store.set("a", "1"), () => store.delete("a")]) {
    const error = await operation().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "store_failed", retryable: true, message: /SQLITE_BUSY/ });
    expect(inspect(error, { depth: 9 })).not.toContain("made-up-password");
  }
});

test("a failed set throws even if Keyv has an error listener", async () => {
  const keyv = failing();
  const heard: unknown[] = [];
  keyv.on("error", (error: unknown) => void heard.push(error));
  const store = keyvStore(keyv);
  expect(await store.get("a")).toBeUndefined();
  await expect(store.set("a", "1")).rejects.toMatchObject({ code: "store_failed" });
  expect(heard).toHaveLength(2);
});

test("an object that is not a Keyv instance is rejected", () => {
  for (const wrong of [undefined, {}, { get() {} }]) {
    expect(() => keyvStore(wrong as never)).toThrow(expect.objectContaining({ code: "invalid_options" }));
  }
});

test("a second session uses the first one's session", async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1), toFake: ["Date"] });
  const vendor = fakeVendor();
  vendor.lifetime = 3_600_000;
  const keyv = new Keyv();
  await vendor.session({ store: keyvStore(keyv) }).login();
  expect((await vendor.session({ store: keyvStore(keyv) }).fetch("a")).status).toBe(200);
  expect(vendor.logins).toBe(1);
});
