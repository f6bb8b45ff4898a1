import type { SessionStore } from "../contract/session-store.ts";
import { orAbort } from "../util/wait.ts";

/**
 * A store in this process's memory. Give the same one to several sessions, and they share what they sign in to.
 * Its contents cannot be inspected or serialised.
 */
export function memoryStore(): SessionStore {
  const values = new Map<string, string>();
  const locks = new Map<string, Promise<void>>();
  return {
    async get(key) {
      return values.get(key);
    },
    async set(key, value) {
      values.set(key, value);
    },
    async delete(key) {
      values.delete(key);
    },
    async withLock(key, run, options = {}) {
      const before = locks.get(key) ?? Promise.resolve();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const tail = before.then(() => released);
      locks.set(key, tail);
      // Whoever leaves early still stands between the one before and the one behind.
      tail.then(() => {
        if (locks.get(key) === tail) locks.delete(key);
      });
      try {
        await orAbort(before, options.signal);
        return await run(new AbortController().signal);
      } finally {
        release();
      }
    },
  };
}
