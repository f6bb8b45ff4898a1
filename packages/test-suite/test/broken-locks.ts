import { memoryStore, type SessionStore } from "@vms/core";
import type { BrokenStore } from "./broken-stores.ts";
import { type Whole, withLease } from "./with-lease.ts";

type Change = (store: Whole) => Partial<SessionStore>;

const row = (how: string, fails: string | readonly string[], change: Change): BrokenStore => ({
  how,
  fails: [fails].flat(),
  makeStore() {
    const sound = memoryStore() as Whole;
    const store = { ...sound, ...change(sound) };
    return { store, again: () => store };
  },
});

const HANDLES = "a lock holds for a second handle too";
const ONE = "a lock has one holder at a time";
const ERROR = "an error in a lock is thrown unchanged, and the lock is free afterwards";
const LEAVES = "a caller that waits for a lock can leave, and the others keep their places";
const HOLDS = "an abort does not release the lock while its holder runs";
const READS = "a holder reads what the previous holder wrote";

export const brokenLocks: readonly BrokenStore[] = [
  row("null for no result", "a lock runs its function once, and returns the result", (store) => ({
    withLock: async <T>(...[key, run, options]: Parameters<typeof store.withLock<T>>) =>
      ((await store.withLock(key, run, options)) ?? null) as T,
  })),
  row("a run that runs twice", "a lock runs its function once, and returns the result", (store) => ({
    withLock: (key, run, options) =>
      store.withLock(
        key,
        (lease) => run(lease).then((result) => (Object.is(result, 0) ? run(lease) : result)),
        options,
      ),
  })),
  row("a lock that lets the fifth one in", ONE, (store) => {
    let waiting = 0;
    return {
      async withLock(key, run, options) {
        try {
          return ++waiting === 5 ? await withLease(store, key, run) : await store.withLock(key, run, options);
        } finally {
          waiting--;
        }
      },
    };
  }),
  row("no lock at all", [ONE, HANDLES, LEAVES, HOLDS, READS], (store) => ({
    async withLock(key, run, { signal } = {}) {
      signal?.throwIfAborted();
      return withLease(store, key, run);
    },
  })),
  {
    how: "separate locks for each handle",
    fails: [HANDLES, READS, "a lease that is used after its run writes nothing, and rejects"],
    makeStore() {
      const store = memoryStore() as Whole;
      return { store, again: () => ({ ...store, withLock: (memoryStore() as Whole).withLock }) };
    },
  },
  row("locks by lower case", "the lock of one key does not block another key", (store) => ({
    withLock: (key, run, options) => store.withLock(key.toLowerCase(), run, options),
  })),
  row("errors in a wrapping", ERROR, (store) => ({
    withLock: (key, run, options) =>
      store.withLock(key, run, options).catch((error: Error) => {
        throw error.message === "made up" ? new Error("it failed", { cause: error }) : error;
      }),
  })),
  row("a lock that is never given again after an error", ERROR, (store) => ({
    withLock: (key, run, options) =>
      store.withLock(
        key,
        async (lease) => {
          try {
            return await run(lease);
          } catch (error) {
            store.withLock(key, () => new Promise(() => {})).catch(() => {});
            throw error;
          }
        },
        options,
      ),
  })),
  row("a wait that cannot be left", LEAVES, (store) => ({
    async withLock(key, run, { signal } = {}) {
      signal?.throwIfAborted();
      return store.withLock(key, run);
    },
  })),
  row("another error for a caller that leaves", LEAVES, (store) => ({
    withLock: (key, run, options = {}) => {
      const early = options.signal?.aborted;
      return store.withLock(key, run, options).catch((error: unknown) => {
        throw options.signal?.aborted && !early ? new Error("timed out") : error;
      });
    },
  })),
  row("a caller that leaves, and releases the lock", LEAVES, (store) => {
    const tails = new Map<string, Promise<void>>();
    return {
      async withLock(key, run, { signal } = {}) {
        signal?.throwIfAborted();
        const gate = Promise.withResolvers<void>();
        const before = tails.get(key) ?? Promise.resolve();
        tails.set(key, gate.promise);
        try {
          const left = Promise.withResolvers<never>();
          left.promise.catch(() => {});
          signal?.addEventListener("abort", () => left.reject(signal.reason));
          await Promise.race([before, left.promise]);
          return await withLease(store, key, run);
        } finally {
          gate.resolve();
        }
      },
    };
  }),
  row("an early abort that nobody looks at", "an aborted signal never acquires the lock", (store) => ({
    withLock: (key, run, { signal } = {}) =>
      store.withLock(key, run, signal === undefined || signal.aborted ? {} : { signal }),
  })),
  row("an abort that opens the lock while its holder runs", HOLDS, (store) => ({
    withLock: (key, run, { signal } = {}) =>
      store.withLock(
        key,
        (lease) => {
          const left = Promise.withResolvers<never>();
          signal?.addEventListener("abort", () => left.reject(signal.reason));
          return Promise.race([run(lease), left.promise]);
        },
        signal === undefined ? {} : { signal },
      ),
  })),
  row("reads in a lock that are remembered", [READS, "a lease writes the value of the locked key"], (store) => {
    const read = new Map<string, string | undefined>();
    let inside = 0;
    return {
      async get(key) {
        if (inside === 0) return store.get(key);
        if (!read.has(key)) read.set(key, await store.get(key));
        return read.get(key);
      },
      withLock: (key, run, options) =>
        store.withLock(
          key,
          (lease) => {
            inside++;
            return run(lease).finally(() => void inside--);
          },
          options,
        ),
    };
  }),
  row(
    "one lock in a lock is too many",
    "inside a lock, values can be read and written, and another key can be locked",
    (store) => {
      let inside = 0;
      return {
        async set(key, value) {
          if (inside > 1) throw new Error("busy");
          return store.set(key, value);
        },
        withLock: (key, run, options) =>
          store.withLock(
            key,
            (lease) => {
              inside++;
              return run(lease).finally(() => void inside--);
            },
            options,
          ),
      };
    },
  ),
];
