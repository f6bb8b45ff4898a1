import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { encryptedStore } from "../../src/store/encrypted-store.ts";
import { keyvStore } from "../../src/store/keyv-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { shown } from "../shown.ts";

const BYTES = new Uint8Array(32).fill(7);
const OTHER = new Uint8Array(32).fill(8);
const PASSPHRASE = "a made-up passphrase";
const SECRET = "Kanari-value-Zk3";

// Each derivation takes a fraction of a second, and longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => void vi.restoreAllMocks());

const saltOf = async (store: SessionStore, key: string) => (await store.get(key))?.split(".")[2];

test("the stored text does not show the value, and is read back", async () => {
  for (const key of [BYTES, PASSPHRASE]) {
    const inner = memoryStore();
    const store = encryptedStore(inner, { key });
    expect(await store.get("a")).toBeUndefined();
    await store.set("a", SECRET);
    expect(await inner.get("a")).not.toContain(SECRET);
    expect(await store.get("a")).toBe(SECRET);
    expect(await encryptedStore(inner, { key }).get("a")).toBe(SECRET);
    await store.delete("a");
    expect(await inner.get("a")).toBeUndefined();
  }
});

test("the format is the documented one", async () => {
  const inner = memoryStore();
  await encryptedStore(inner, { key: BYTES }).set("a", "four");
  await encryptedStore(inner, { key: PASSPHRASE }).set("b", "four");
  expect(await inner.get("a")).toMatch(/^vms1\.key\.[\w-]{16}\.[\w-]{27}$/);
  expect(await inner.get("b")).toMatch(/^vms1\.pbkdf2\.[\w-]{22}\.[\w-]{16}\.[\w-]{27}$/);
});

test("values of the first version are still read", async () => {
  const fixture = JSON.parse(readFileSync(new URL("fixtures/encrypted.json", import.meta.url), "utf8"));
  for (const { key, storeKey, value, plain } of fixture) {
    const inner = memoryStore();
    await inner.set(storeKey, value);
    const given = typeof key === "string" ? key : Uint8Array.from(key);
    expect(await encryptedStore(inner, { key: given }).get(storeKey)).toBe(plain);
  }
});

test("the same value is never encrypted to the same text", async () => {
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: BYTES });
  const seen = new Set<string | undefined>();
  for (let count = 0; count < 100; count++) {
    await store.set("a", SECRET);
    seen.add(await inner.get("a"));
  }
  expect(seen.size).toBe(100);
});

test("any text under any key is read back unchanged", async () => {
  const stores = [encryptedStore(memoryStore(), { key: BYTES }), encryptedStore(memoryStore(), { key: PASSPHRASE })];
  const text = fc.string({ unit: "binary", maxLength: 2_000 });
  await fc.assert(
    fc.asyncProperty(text, text, fc.constantFrom(...stores), async (key, value, store) => {
      await store.set(key, value);
      expect(await store.get(key)).toBe(value);
    }),
    { numRuns: 300 },
  );
});

test("a text that starts like the format is read back whole", async () => {
  const store = encryptedStore(memoryStore(), { key: BYTES });
  await store.set("a", "\ufefftext");
  expect(await store.get("a")).toBe("\ufefftext");
});

test("a value of 1 MiB is read back", async () => {
  const store = encryptedStore(memoryStore(), { key: BYTES });
  const value = "x".repeat(1_048_576);
  await store.set("a", value);
  expect((await store.get("a")) === value).toBe(true);
});

test("the wrong key, in either form, does not decrypt", async () => {
  const inner = memoryStore();
  await encryptedStore(inner, { key: BYTES }).set("bytes", SECRET);
  await encryptedStore(inner, { key: PASSPHRASE }).set("passphrase", SECRET);
  for (const key of [OTHER, "another passphrase"]) {
    for (const name of ["bytes", "passphrase"]) {
      const failure = encryptedStore(inner, { key }).get(name);
      await expect(failure).rejects.toMatchObject({ code: "store_failed", retryable: false });
      await expect(failure).rejects.toThrow(/previousKeys/);
    }
  }
});

test("a value that was moved to another key is not decrypted", async () => {
  for (const key of [BYTES, PASSPHRASE]) {
    const inner = memoryStore();
    const store = encryptedStore(inner, { key });
    await store.set("a", SECRET);
    await inner.set("b", (await inner.get("a")) ?? "");
    await expect(store.get("b")).rejects.toThrow(/moved/);
  }
});

test("a value with any character changed, or truncated anywhere, does not decrypt", async () => {
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: BYTES });
  await store.set("a", "made-up value");
  const value = (await inner.get("a")) ?? "";
  for (let index = 0; index < value.length - 1; index++) {
    const changed = value.slice(0, index) + (value[index] === "A" ? "B" : "A") + value.slice(index + 1);
    for (const bad of [changed, value.slice(0, index)]) {
      await inner.set("a", bad);
      await expect(store.get("a")).rejects.toMatchObject({ code: "store_failed" });
    }
  }
});

test("a changed salt does not decrypt, and is not adopted", async () => {
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: PASSPHRASE });
  await store.set("a", SECRET);
  const salt = (await saltOf(inner, "a")) ?? "";
  await inner.set("a", ((await inner.get("a")) ?? "").replace(salt, "A".repeat(22)));
  await expect(store.get("a")).rejects.toMatchObject({ code: "store_failed" });
  await store.set("a", SECRET);
  expect(await saltOf(inner, "a")).toBe(salt);
});

test("the errors for unencrypted text and for a later version name the problem, without the content", async () => {
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: BYTES });
  const cases = { [`{"data":"${SECRET}"}`]: /not encrypted/, [SECRET]: /not encrypted/, "": /not encrypted/ };
  for (const [value, message] of Object.entries({ ...cases, [`vms2.${SECRET}`]: /newer version/ })) {
    await inner.set("a", value);
    const error = await store.get("a").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "store_failed", message: expect.stringMatching(message) });
    expect(shown(error)).not.toContain(SECRET);
  }
});

test("after a key rotation, older keys read and the new key writes", async () => {
  const inner = memoryStore();
  await encryptedStore(inner, { key: "the oldest passphrase" }).set("a", "1");
  await encryptedStore(inner, { key: OTHER }).set("b", "2");
  const store = encryptedStore(inner, { key: BYTES, previousKeys: [OTHER, "the oldest passphrase"] });
  expect([await store.get("a"), await store.get("b")]).toEqual(["1", "2"]);
  await store.set("a", "3");
  expect(await encryptedStore(inner, { key: BYTES }).get("a")).toBe("3");
  await expect(encryptedStore(inner, { key: OTHER }).get("a")).rejects.toMatchObject({ code: "store_failed" });
});

test("a rotation of passphrases does not adopt the salt of the older one", async () => {
  const inner = memoryStore();
  await encryptedStore(inner, { key: "the older passphrase" }).set("a", "1");
  const before = await saltOf(inner, "a");
  const store = encryptedStore(inner, { key: PASSPHRASE, previousKeys: ["the older passphrase"] });
  expect(await store.get("a")).toBe("1");
  await store.set("a", "2");
  expect(await saltOf(inner, "a")).not.toBe(before);
  expect(await encryptedStore(inner, { key: PASSPHRASE }).get("a")).toBe("2");
});

test("a writer uses the salt that it read last, so processes converge on one salt", async () => {
  const inner = memoryStore();
  const [one, two] = [encryptedStore(inner, { key: PASSPHRASE }), encryptedStore(inner, { key: PASSPHRASE })];
  await one.set("a", "1");
  await two.set("b", "2");
  expect(await saltOf(inner, "a")).not.toBe(await saltOf(inner, "b"));
  expect(await two.get("a")).toBe("1");
  await two.set("b", "3");
  expect(await saltOf(inner, "b")).toBe(await saltOf(inner, "a"));
});

test("concurrent writes share one salt, and a salt costs one derivation", async () => {
  const derivations = vi.spyOn(crypto.subtle, "deriveKey");
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: PASSPHRASE });
  const names = ["a", "b", "c"];
  await Promise.all(names.map((name) => store.set(name, name)));
  for (const name of names) expect(await store.get(name)).toBe(name);
  expect(new Set(await Promise.all(names.map((name) => saltOf(inner, name)))).size).toBe(1);
  expect(derivations).toHaveBeenCalledTimes(1);
  expect(derivations.mock.calls[0]?.[0]).toMatchObject({ name: "PBKDF2", hash: "SHA-256", iterations: 600_000 });
});

test("the composed and the decomposed form of a passphrase are equal", async () => {
  const inner = memoryStore();
  await encryptedStore(inner, { key: "Zürich".normalize("NFD") }).set("a", "1");
  expect(await encryptedStore(inner, { key: "Zürich".normalize("NFC") }).get("a")).toBe("1");
});

test("if a runtime refuses the derivation, the error recommends bytes, and the next use tries again", async () => {
  const refusal = vi.spyOn(crypto.subtle, "deriveKey").mockRejectedValueOnce(new Error("at most 100000"));
  const store = encryptedStore(memoryStore(), { key: PASSPHRASE });
  await expect(store.set("a", "1")).rejects.toThrow(/Use 32 random bytes/);
  refusal.mockRestore();
  await store.set("a", "1");
  expect(await store.get("a")).toBe("1");
});

test("weak keys are rejected and not shown", () => {
  const wrong = ["", "  \n", new Uint8Array(31), new Uint8Array(33), new Uint8Array(0), undefined, null, 42, [SECRET]];
  for (const key of wrong) {
    for (const options of [{ key }, { key: BYTES, previousKeys: [key] }]) {
      const create = () => encryptedStore(memoryStore(), options as never);
      expect(create).toThrow(expect.objectContaining({ code: "invalid_options" }));
      expect(create).not.toThrow(SECRET);
    }
  }
});

test("a key works after the caller wipes its bytes", async () => {
  const bytes = new Uint8Array(BYTES);
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: bytes });
  bytes.fill(0);
  await store.set("a", "1");
  expect(await encryptedStore(inner, { key: BYTES }).get("a")).toBe("1");
});

test("the lock is passed through if the store has one, and is absent otherwise", async () => {
  const inner = memoryStore();
  const lock = vi.spyOn(inner as Required<SessionStore>, "withLock");
  const store = encryptedStore(inner, { key: BYTES }) as Required<SessionStore>;
  const { signal } = new AbortController();
  expect(await store.withLock("a", async (lease) => lease.signal.aborted, { signal })).toBe(false);
  expect(lock).toHaveBeenCalledWith("a", expect.any(Function), { signal });
  const lockless = keyvStore({ get: async () => undefined, set: async () => true, delete: async () => true });
  expect(encryptedStore(lockless, { key: BYTES })).not.toHaveProperty("withLock");
});

test("a lease encrypts its values for the locked key", async () => {
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: BYTES }) as Required<SessionStore>;
  const kept = await store.withLock("a", async (lease) => {
    await lease.set("a", SECRET, { expiresAt: Date.now() + 60_000 });
    await expect(lease.set("b", SECRET)).rejects.toMatchObject({ code: "store_failed", retryable: false });
    return lease;
  });
  await expect(kept.set("a", "2")).rejects.toMatchObject({ code: "store_failed", retryable: true });
  expect(await inner.get("a")).toMatch(/^vms1\.key\./);
  expect(await inner.get("a")).not.toContain(SECRET);
  expect([await store.get("a"), await store.get("b")]).toEqual([SECRET, undefined]);
});

test("the expiry of a value is passed through", async () => {
  const inner = memoryStore();
  const set = vi.spyOn(inner, "set");
  await encryptedStore(inner, { key: BYTES }).set("a", "1", { expiresAt: 42 });
  expect(set).toHaveBeenCalledWith("a", expect.any(String), { expiresAt: 42 });
});

test("G13: neither the store nor its failures show the key or the value", async () => {
  const passphrase = "Kanari-passphrase-Qm1";
  const inner = memoryStore();
  const store = encryptedStore(inner, { key: passphrase, previousKeys: [`${passphrase}-older`] });
  await store.set("a", SECRET);
  const failure = await encryptedStore(inner, { key: `${passphrase}-other` })
    .get("a")
    .catch((error: unknown) => error);
  for (const text of [shown(store), shown(failure)]) expect(text).not.toMatch(/Kanari/);
});

test("a session whose stored record cannot be decrypted reports that, signs in and replaces the record", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  await vendor.session({ store: encryptedStore(inner, { key: OTHER }) }).login();
  const store = encryptedStore(inner, { key: BYTES });
  const session = vendor.session({ store });
  const events: string[] = [];
  session.on("store_failed", ({ operation, error }) => void events.push(`${operation}: ${error.message}`));
  expect((await session.fetch("a")).status).toBe(200);
  // Read before the lock, and again under it.
  expect(events).toEqual(Array(2).fill(expect.stringMatching(/^get: .*cannot be decrypted.*previousKeys/)));
  expect(vendor.logins).toBe(2);
  expect((await vendor.session({ store }).fetch("a")).status).toBe(200);
  expect(vendor.logins).toBe(2);
});
