import type { SessionStore } from "@vms/core";
import type { Recorder } from "./recorder.ts";

/** A store whose operations are recorded. */
export interface RecordedStore extends SessionStore {
  /** Replaces everything that is stored by rubbish. */
  spoil(): Promise<void>;
}

const keys = new WeakMap<SessionStore, Set<string>>();

/** A process's view of a store that several processes share. */
export function recordedStore(store: SessionStore, process: number, recorder: Recorder): RecordedStore {
  const known = keys.get(store) ?? new Set();
  keys.set(store, known);
  const record = (operation: "get" | "set" | "delete" | "lock" | "unlock", found = false) =>
    recorder.add(process, { kind: "store", operation, found });
  return {
    async get(key) {
      known.add(key);
      const value = await store.get(key);
      record("get", value !== undefined);
      return value;
    },
    async set(key, value, options) {
      record("set");
      await store.set(key, value, options);
    },
    async delete(key) {
      record("delete");
      await store.delete(key);
    },
    async withLock(key, run, options) {
      if (store.withLock === undefined) throw new Error("The store has no locks.");
      return store.withLock(
        key,
        async (lease) => {
          record("lock");
          try {
            const set: typeof lease.set = (name, value, more) => {
              known.add(name);
              record("set");
              return lease.set(name, value, more);
            };
            return await run({ signal: lease.signal, set });
          } finally {
            record("unlock");
          }
        },
        options,
      );
    },
    async spoil() {
      for (const key of known) await store.set(key, '{"rubbish":true}');
    },
  };
}
