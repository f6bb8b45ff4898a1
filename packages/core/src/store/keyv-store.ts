import type { SessionStore } from "../contract/session-store.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { StoreFailed } from "../errors/store-failed.ts";

/** The methods of Keyv that `keyvStore` calls. */
export interface KeyvLike {
  /** Returns a value, or `undefined`. */
  get(key: string): Promise<unknown>;
  /** Writes a value for `ttl` ms. Resolves to `false` if the value was not kept. */
  set(key: string, value: string, ttl?: number): Promise<unknown>;
  /** Removes a value. */
  delete(key: string): Promise<unknown>;
}

/**
 * Creates a store on any Keyv backend. `expiresAt` becomes Keyv's TTL in ms; an expired value is removed instead.
 *
 * Keyv has no lock, so this store has no `withLock`: several processes without a session may each sign in. One session
 * object still runs one login at a time. If the vendor ends the older of two sessions, use a store with locks.
 *
 * Without a listener for Keyv's `error` event, a failed backend throws, and the session emits `store_failed`. With a
 * listener, a failed `get` looks like a missing value, and only a failed `set` throws. `StoreFailed` (`store_failed`)
 * contains only the code of Keyv's error, because its text could quote a password.
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
      const value = await named("get", keyv.get(key));
      return typeof value === "string" ? value : undefined;
    },
    async set(key, value, { expiresAt } = {}) {
      const ttl = expiresAt === undefined || !Number.isFinite(expiresAt) ? undefined : expiresAt - Date.now();
      if (ttl !== undefined && ttl <= 0) {
        // Keyv reads a TTL of 0 as no TTL.
        await named("delete", keyv.delete(key));
        return;
      }
      const kept = await named("set", keyv.set(key, value, ttl === undefined ? undefined : Math.ceil(ttl)));
      if (kept === false) throw failed("Keyv did not store the value.");
    },
    async delete(key) {
      await named("delete", keyv.delete(key));
    },
  };
}

/** The text of Keyv's error can quote a value or a connection string. */
async function named<T>(method: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    const { code } = Object(error) as { code?: unknown };
    const isCode = typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code);
    throw failed(`Keyv's \`${method}\` failed${isCode ? ` (${code})` : ""}.`);
  }
}

function failed(problem: string): StoreFailed {
  const remedy = { id: "check_store", how: "Listen to Keyv's `error` event to see why." } as const;
  return new StoreFailed("core", problem, { retryable: true, remedy });
}
