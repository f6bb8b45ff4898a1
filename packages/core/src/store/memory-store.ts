import type { SessionStore } from "../contract/session-store.ts";
import { StoreFailed } from "../errors/store-failed.ts";
import { orAbort } from "../util/wait.ts";
import { openLease } from "./open-lease.ts";

/**
 * Creates a store in the memory of this process, for session objects that share their sessions. It has locks. Its
 * contents cannot be inspected or serialised.
 * @example
 * const store = memoryStore();
 * const session = createAcmeSession({ baseUrl, credentials, store });
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
      // Keeps the place of a caller that leaves early, so that the next caller still waits for the holder.
      tail.then(() => {
        if (locks.get(key) === tail) locks.delete(key);
      });
      try {
        await orAbort(before, options.signal);
        // A lock within one process cannot be lost.
        const { lease, end } = openLease(key, new AbortController().signal, {
          async write(value) {
            values.set(key, value);
            return true;
          },
          failure: (problem, retryable) => new StoreFailed("core", problem, { retryable }),
        });
        try {
          return await run(lease);
        } finally {
          await end();
        }
      } finally {
        release();
      }
    },
  };
}
