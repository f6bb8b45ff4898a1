import { memoryStore } from "@vms/core";
import { describe, expect, test } from "vitest";
import { storeContract } from "../src/index.ts";
import { brokenLeases, losableStore } from "./broken-leases.ts";
import { brokenLocks } from "./broken-locks.ts";
import { brokenStores } from "./broken-stores.ts";
import { collected } from "./collected.ts";

storeContract(test, memoryStore, { locks: true });

test("a store whose locks can be lost passes", async () => {
  const { failed } = await collected((clause) => storeContract(clause, () => losableStore(), { locks: true }));
  expect(failed).toEqual(new Map());
});

const rows = [...brokenStores, ...brokenLocks, ...brokenLeases];

describe.concurrent("a store with one defect", { timeout: 60_000 }, () => {
  for (const { how, makeStore, fails, options } of rows) {
    test(`${how}: fails exactly the clauses on it`, async ({ expect }) => {
      const { failed } = await collected((clause) => storeContract(clause, makeStore, { timeout: 12_000, ...options }));
      expect(Object.fromEntries(failed)).toEqual(Object.fromEntries(fails.map((name) => [name, expect.any(String)])));
    });
  }
});

test("each clause fails for at least one defect, and has a unique name", () => {
  const names: string[] = [];
  storeContract((name) => names.push(name), memoryStore, { locks: true });
  expect(new Set(names).size).toBe(names.length);
  const proven = new Set(rows.flatMap(({ fails }) => fails));
  expect(names.filter((name) => !proven.has(name))).toEqual([]);
});

test("a store without locks passes if none are required, also with a second handle", async () => {
  const { get, set, delete: remove } = memoryStore();
  const store = memoryStore();
  for (const makeStore of [async () => ({ get, set, delete: remove }), () => ({ store, again: () => store })]) {
    const { failed } = await collected((clause) => storeContract(clause, makeStore));
    expect(failed).toEqual(new Map());
  }
});

test("each clause removes the keys that it set, and closes its store", async () => {
  const keys = new Set<string>();
  let [made, closed] = [0, 0];
  const makeStore = () => {
    made++;
    const store = memoryStore();
    const set: typeof store.set = (key, value) => {
      keys.add(key);
      return store.set(key, value);
    };
    const remove: typeof store.delete = (key) => {
      keys.delete(key);
      return store.delete(key);
    };
    return { store: { ...store, set, delete: remove }, close: () => void closed++ };
  };
  const { failed, names } = await collected((clause) => storeContract(clause, makeStore));
  expect(failed).toEqual(new Map());
  expect([keys.size, made, closed]).toEqual([0, names.length, names.length]);
});
