import type { SessionStore } from "../contract/session-store.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { StoreFailed } from "../errors/store-failed.ts";

/** The methods of Keyv that are used. */
export interface KeyvLike {
  /** Returns the value of a key, or `undefined`. */
  get(key: string): Promise<unknown>;
  /** Writes the value of a key. `ttl` is how long it is kept, in ms. It returns `false` if the value was not kept. */
  set(key: string, value: string, ttl?: number): Promise<unknown>;
  /** Removes the value of a key. */
  delete(key: string): Promise<unknown>;
}

/**
 * Creates a store on any backend of Keyv. `expiresAt` becomes Keyv's TTL, in ms. A value that has already expired is
 * removed instead.
 *
 * Keyv has no lock, so this store has no `withLock`: several processes that find no session may each sign in. Within one
 * session object there is still one login at a time. If the vendor ends the older of two sessions, use a store with a lock.
 *
 * Keyv reports a failed backend by its `error` event. Without a listener it throws, and the session emits `store_failed`.
 * With a listener, a failed `get` looks like an absent value, and only a failed `set` still throws. Then the store's `set`
 * rejects with `StoreFailed` (`store_failed`). Keyv's own errors are passed on.
 * @param keyv a `Keyv`, or an object with the same methods.
 * @throws {InvalidOptions} `invalid_options` if the argument has no `get`, `set` and `delete`.
 * @see https://keyv.org
 * @example
 * const store = keyvStore(new Keyv({ store: backend }));
 * const session = createAcmeSession({ baseUrl, credentials, store });
 */
export function keyvStore(keyv: KeyvLike): SessionStore {
  const methods = ["get", "set", "delete"] as const;
  if (!methods.every((name) => typeof (keyv as Partial<KeyvLike> | undefined)?.[name] === "function")) {
    throw new InvalidOptions(
      "core",
      "keyvStore: the argument must be a Keyv instance, as in `keyvStore(new Keyv(...))`.",
    );
  }
  return {
    async get(key) {
      const value = await keyv.get(key);
      return typeof value === "string" ? value : undefined;
    },
    async set(key, value, { expiresAt } = {}) {
      const ttl = expiresAt === undefined || !Number.isFinite(expiresAt) ? undefined : expiresAt - Date.now();
      if (ttl !== undefined && ttl <= 0) {
        // For Keyv, a TTL of 0 means no TTL.
        await keyv.delete(key);
        return;
      }
      const kept = await keyv.set(key, value, ttl === undefined ? undefined : Math.ceil(ttl));
      if (kept === false) {
        throw new StoreFailed("core", "Keyv did not store the value.", {
          retryable: true,
          remedy: { id: "check_store", how: "Keyv's event `error` says why." },
        });
      }
    },
    async delete(key) {
      await keyv.delete(key);
    },
  };
}
