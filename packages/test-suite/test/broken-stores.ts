import { memoryStore, type SessionStore } from "@vms/core";
import type { MakeStore, StoreContractOptions } from "../src/index.ts";
import { type Whole, withLease } from "./with-lease.ts";

/** A way to be wrong, and the clauses that say so. */
export interface BrokenStore {
  readonly how: string;
  readonly makeStore: MakeStore;
  readonly fails: readonly string[];
  readonly options?: StoreContractOptions;
}

/** A sound store with some of its methods replaced, and a second handle on the same data. */
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
    how: "null for what was never set",
    fails: ["a key that was never set has no value"],
    makeStore: broken((store) => {
      const known = new Set<string>();
      return {
        async get(key) {
          // As a driver would that says `null`; only here, lest every clause that meets nothing says so.
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
    how: "a decoder that takes the byte order mark off",
    fails: ["what is set is got, character by character"],
    makeStore: broken((store) => ({ set: (key, value) => store.set(key, value.replace(/^\uFEFF/, "")) })),
  },
  {
    how: "nothing for an empty value",
    fails: ["what is set is got, character by character"],
    makeStore: broken((store) => ({ get: async (key) => (await store.get(key)) || undefined })),
  },
  {
    how: "a short value that does not replace a long one",
    fails: ["a later value replaces the whole earlier one, also if it is shorter"],
    makeStore: broken((store) => ({
      async set(key, value) {
        const before = await store.get(key);
        return store.set(key, before !== undefined && before.length > value.length && value === "3" ? before : value);
      },
    })),
  },
  {
    how: "what was deleted stays deleted",
    fails: ["what is deleted is gone, and can be set again"],
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
    how: "an error where there is nothing to delete",
    fails: ["deleting what is not there is no error"],
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
    fails: ["keys are told apart by every character, and may be called anything"],
    makeStore: broken((store) => ({
      get: (key) => store.get(fold(key)),
      set: (key, value) => store.set(fold(key), value),
      delete: (key) => store.delete(fold(key)),
    })),
  })),
  {
    how: "a plain object for a map",
    fails: ["keys are told apart by every character, and may be called anything"],
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
    how: "an end that must be a whole number",
    fails: ["a value whose end is in the future is there now"],
    makeStore: broken((store) => ({
      async set(key, value, { expiresAt = 1 } = {}) {
        if (!Number.isInteger(expiresAt)) throw new Error("ERR value is not an integer");
        return store.set(key, value);
      },
    })),
  },
  {
    how: "an error for what has ended",
    fails: ["a value whose end is past is no error, and no obstacle to the next"],
    makeStore: broken((store) => ({
      async set(key, value, { expiresAt = Number.POSITIVE_INFINITY } = {}) {
        if (expiresAt < Date.now()) throw new Error("ERR invalid expire time");
        return store.set(key, value);
      },
    })),
  },
  {
    how: "an end that stays for the next value",
    fails: ["a value whose end is past is no error, and no obstacle to the next"],
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
    how: "options that are kept as they were given",
    fails: ["what was given and what was read stay as they were, whatever changes later"],
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
    how: "one place that all writes pass through",
    fails: ["calls that run at once do not mix"],
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
    how: "a second handle that remembers what it read",
    fails: ["a second handle sees what the first one sets, replaces and deletes"],
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
    how: "a second handle on nothing",
    fails: [
      "a second handle sees what the first one sets, replaces and deletes",
      "a lock holds for a second handle too",
      "a holder reads what the previous holder wrote",
      "a lease writes the value of the locked key",
      "a lease that was kept after its run writes nothing, and rejects",
    ],
    makeStore: broken(() => ({}), memoryStore),
  },
  {
    how: "a store that was said to have locks, and has none",
    fails: ["the store has locks"],
    options: { locks: true },
    makeStore: () => {
      const { get, set, delete: remove } = memoryStore();
      return { get, set, delete: remove };
    },
  },
];
