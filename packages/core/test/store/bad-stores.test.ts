import { describe, expect, test } from "vitest";
import type { Lease, SessionStore } from "../../src/contract/session-store.ts";
import { encryptedStore } from "../../src/store/encrypted-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { writingThrough } from "../writing-through.ts";

const SECRET = "Kanari-value-Zk3";
/** The one method that makes an object look like a promise. */
const THEN = "then";
const METHODS = ["get", "set", "delete", "withLock"] as const;
type Method = (typeof METHODS)[number];

/** Wrong behaviours of a user's store. */
const rubbish: Record<string, () => unknown> = {
  "throws immediately": () => {
    throw new Error(SECRET);
  },
  "throws something that is not an error": () => {
    throw SECRET;
  },
  rejects: () => Promise.reject(new Error(SECRET)),
  "rejects with nothing": () => Promise.reject(undefined),
  "returns undefined, without a promise": () => undefined,
  "returns null": () => null,
  "returns a number": () => 42,
  "returns an object": () => ({ data: SECRET }),
  "returns a text, without a promise": () => SECRET,
  "promises a number": async () => Number.NaN,
  "promises null": async () => null,
  "promises an object": async () => ({ data: SECRET }),
  "promises a Buffer": async () => Buffer.from(SECRET),
  "promises a function": async () => () => SECRET,
  "returns an object that only looks like a promise, and throws": () => ({
    [THEN]: () => {
      throw new Error(SECRET);
    },
  }),
};

function broken(methods: readonly Method[], how: () => unknown): SessionStore {
  const changes = Object.fromEntries(methods.map((method) => [method, how]));
  const inner = memoryStore();
  const writing = methods.includes("set") ? writingThrough(inner, how as SessionStore["set"]) : inner;
  return { ...writing, ...changes };
}

const cases = [...METHODS.map((method) => [method] as const), METHODS];
for (const methods of cases) {
  describe(`a store whose ${methods.length === 1 ? methods[0] : "every method"}`, () => {
    for (const [what, how] of Object.entries(rubbish)) {
      test(`${what}, encrypted or not, costs one login and no call, and shows nothing`, async () => {
        for (const wrap of [(store: SessionStore) => store, encrypted]) {
          const vendor = fakeVendor();
          const session = vendor.session({ store: wrap(broken(methods, how)) });
          const failures: Error[] = [];
          session.on("store_failed", ({ error }) => void failures.push(error));
          for (const path of ["a", "b", "c"]) expect((await session.fetch(path)).status).toBe(200);
          expect(vendor.logins).toBe(1);
          await session.logout();
          expect(vendor.live.size).toBe(0);
          await session.login();
          expect((await session.fetch("a")).status).toBe(200);
          expect(vendor.logins).toBe(2);
          for (const error of failures) {
            expect(error).toMatchObject({ code: "store_failed", vendor: "fake" });
            expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(SECRET);
          }
        }
      });
    }
  });
}

test("a value from `get` that is not a string is no record, even if it could be read as one", async () => {
  const vendor = fakeVendor();
  const values = new Map<string, string>();
  const inner = { ...memoryStore(), get: async (key: string) => values.get(key) };
  const store = writingThrough(inner, async (key, value) => void values.set(key, value));
  await vendor.session({ store }).login();
  const [text = ""] = values.values();
  for (const record of [Buffer.from(text), JSON.parse(text), Object(text), [text]]) {
    const before = vendor.logins;
    const session = vendor.session({ store: broken(["get"], async () => record) });
    expect((await session.fetch("a")).status).toBe(200);
    expect(vendor.logins).toBe(before + 1);
  }
});

// The longest delay of a call: 5 s for each awaited operation, and `timeout` for the lock.
const bounds: [readonly Method[], number][] = [
  [["get"], 10_000],
  [["set"], 5_000],
  [["delete"], 0],
  [["withLock"], 30_000],
  [METHODS, 50_000],
];
for (const [methods, bound] of bounds) {
  const which = methods.length === 1 ? methods[0] : "every method";
  test(`a store whose ${which} hangs delays the first call by at most ${bound / 1_000} s, and no later call`, async () => {
    const vendor = fakeVendor();
    const { clock } = vendor;
    const session = vendor.session({ store: broken(methods, () => new Promise<never>(() => {})) });
    const began = clock.now();
    const answered = session.fetch("a").then(({ status }) => ({ status, after: clock.now() - began }));
    await clock.advance(120_000);
    const { status, after } = await answered;
    expect(status).toBe(200);
    expect(after).toBeLessThanOrEqual(bound);
    // Without time passing.
    expect((await session.fetch("b")).status).toBe(200);
    expect(vendor.logins).toBe(1);
    const out = session.logout();
    await clock.advance(120_000);
    await out;
    expect(vendor.live.size).toBe(0);
  });
}

const locks: Record<string, (run: () => Promise<unknown>) => unknown> = {
  "runs its function and returns something else": (run) => run().then(() => SECRET),
  "runs its function and rejects": (run) => run().then(() => Promise.reject(new Error(SECRET))),
  "runs its function, does not wait for it and returns nothing": (run) => void run(),
  "never runs its function": async () => undefined,
};
for (const [what, lock] of Object.entries(locks)) {
  test(`a lock that ${what} costs one login`, async () => {
    const vendor = fakeVendor();
    const inner = memoryStore();
    const lease: Lease = { signal: new AbortController().signal, set: inner.set };
    const withLock = (_key: string, run: (lease: Lease) => Promise<unknown>) => lock(() => run(lease));
    const session = vendor.session({ store: { ...inner, ...{ withLock: withLock as never } } });
    for (const path of ["a", "b"]) expect((await session.fetch(path)).status).toBe(200);
    expect(vendor.logins).toBe(1);
  });
}

function encrypted(store: SessionStore): SessionStore {
  return encryptedStore(store, { key: new Uint8Array(32).fill(7) });
}
