import { memoryStore, type SessionStore } from "@vms/core";
import type { MakeStore, StoreContractOptions } from "../src/index.ts";
import { type Whole, withLease } from "./with-lease.ts";

/** A defect, and the clauses that detect it. */
export interface BrokenStore {
  readonly how: string;
  readonly makeStore: MakeStore;
  readonly fails: readonly string[];
  readonly options?: StoreContractOptions;
}

/** A correct store with some of its methods replaced, and a second handle on the same data. */
function broken(change: (store: Whole) => Partial<SessionStore>, again?: (store: Whole) => SessionStore): MakeStore {
  return () => {
    const sound = memoryStore() as Whole;
    // Leases write as the changed store does.
    const withLock: Whole["withLock"] = (key, run, options) =>
      sound.withLock(key, () => withLease(store, key, run), options);
    const store: Whole = { ...sound, withLock, ...change(sound) };
    return { store, again: () => again?.(sound) ?? store };
  };
}

export const brokenStores: readonly BrokenStore[] = [
  {
    how: "null for a key that was never set",
    fails: ["a key that was never set has no value"],
    makeStore: broken((store) => {
      const known = new Set<string>();
      return {
        async get(key) {
          // Like a driver that returns `null`. Only here, so that no other clause on missing values fails.
          if (!known.has(key) && key.endsWith("|key")) return null as unknown as undefined;
          return store.get(key);
        },
        set(key, value) {
          known.add(key);
          return store.set(key, value);
        },
        delete(key) {
          known.add(key);
          return store.delete(key);
        },
      };
    }),
  },
  {
    how: "a decoder that removes the byte order mark",
    fails: ["values round-trip unchanged"],
    makeStore: broken((store) => ({ set: (key, value) => store.set(key, value.replace(/^\uFEFF/, "")) })),
  },
  {
    how: "an empty value that is read as missing",
    fails: ["values round-trip unchanged"],
    makeStore: broken((store) => ({ get: async (key) => (await store.get(key)) || undefined })),
  },
  {
    how: "a short value that does not replace a long one",
    fails: ["a later value replaces the whole earlier value, even if it is shorter"],
    makeStore: broken((store) => ({
      async set(key, value) {
        const before = await store.get(key);
        return store.set(key, before !== undefined && before.length > value.length && value === "3" ? before : value);
      },
    })),
  },
  {
    how: "a deleted key that cannot be set again",
    fails: ["a deleted value is gone, and can be set again"],
    makeStore: broken((store) => {
      const gone = new Set<string>();
      return {
        set: async (key, value) => (gone.has(key) ? undefined : store.set(key, value)),
        delete(key) {
          gone.add(key);
          return store.delete(key);
        },
      };
    }),
  },
  {
    how: "an error for a delete of a missing key",
    fails: ["deleting a missing key is no error"],
    makeStore: broken((store) => ({
      async delete(key) {
        if ((await store.get(key)) === undefined) throw new Error("ENOENT");
        return store.delete(key);
      },
    })),
  },
  ...[
    (key: string) => key.toLowerCase(),
    (key: string) => key.normalize(),
    (key: string) => key.slice(0, 900),
    (key: string) => key.replaceAll(/[/\\:]/g, "_"),
    (key: string) => encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2B", "+"),
  ].map((fold) => ({
    how: `keys by ${fold}`,
    fails: ["keys that differ in one character are separate, and a key can contain any character"],
    makeStore: broken((store) => ({
      get: (key) => store.get(fold(key)),
      set: (key, value) => store.set(fold(key), value),
      delete: (key) => store.delete(fold(key)),
    })),
  })),
  {
    how: "a plain object for a map",
    fails: ["keys that differ in one character are separate, and a key can contain any character"],
    makeStore: broken(() => {
      const values: Record<string, string> = {};
      return {
        get: async (key) => values[key],
        async set(key, value) {
          values[key] = value;
        },
        async delete(key) {
          delete values[key];
        },
      };
    }),
  },
  {
    how: "an expiry that must be a whole number",
    fails: ["a value that expires in the future can be read now"],
    makeStore: broken((store) => ({
      async set(key, value, { expiresAt = 1 } = {}) {
        if (!Number.isInteger(expiresAt)) throw new Error("ERR value is not an integer");
        return store.set(key, value);
      },
    })),
  },
  {
    how: "an error for an expired value",
    fails: ["an expired value is no error, and can be replaced"],
    makeStore: broken((store) => ({
      async set(key, value, { expiresAt = Number.POSITIVE_INFINITY } = {}) {
        if (expiresAt < Date.now()) throw new Error("ERR invalid expire time");
        return store.set(key, value);
      },
    })),
  },
  {
    how: "an expiry that is kept for the next value",
    fails: ["an expired value is no error, and can be replaced"],
    makeStore: broken((store) => {
      const ends = new Map<string, number>();
      return {
        get: async (key) => ((ends.get(key) ?? Number.POSITIVE_INFINITY) < Date.now() ? undefined : store.get(key)),
        async set(key, value, { expiresAt } = {}) {
          if (expiresAt !== undefined) ends.set(key, expiresAt);
          return store.set(key, value);
        },
      };
    }),
  },
  {
    how: "options that are not copied",
    fails: ["later changes do not affect given options and returned values"],
    makeStore: broken((store) => {
      const all = new Map<string, { expiresAt?: number }>();
      return {
        get: async (key) =>
          (all.get(key)?.expiresAt ?? Number.POSITIVE_INFINITY) < Date.now() ? undefined : store.get(key),
        async set(key, value, options = {}) {
          all.set(key, options);
          return store.set(key, value);
        },
      };
    }),
  },
  {
    how: "one buffer for all writes",
    fails: ["concurrent calls do not interfere"],
    makeStore: broken((store) => {
      let place = "";
      return {
        async set(key, value) {
          place = value;
          await Promise.resolve();
          return store.set(key, place);
        },
      };
    }),
  },
  {
    how: "a second handle that caches reads",
    fails: ["a second handle sees what the first handle sets, replaces and deletes"],
    makeStore: broken(
      () => ({}),
      (store) => {
        const read = new Map<string, string | undefined>();
        return {
          ...store,
          async get(key) {
            if (!read.has(key) || !key.endsWith("|key")) read.set(key, await store.get(key));
            return read.get(key);
          },
        };
      },
    ),
  },
  {
    how: "a second handle on separate data",
    fails: [
      "a second handle sees what the first handle sets, replaces and deletes",
      "a lock holds for a second handle too",
      "a holder reads what the previous holder wrote",
      "a lease writes the value of the locked key",
      "a lease that is used after its run writes nothing, and rejects",
    ],
    makeStore: broken(() => ({}), memoryStore),
  },
  {
    how: "a store that should have locks but has none",
    fails: ["the store has locks"],
    options: { locks: true },
    makeStore: () => {
      const { get, set, delete: remove } = memoryStore();
      return { get, set, delete: remove };
    },
  },
];
