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
 * With a listener, a failed `get` looks like an absent value, and only a failed `set` still throws. The store's methods
 * reject with `StoreFailed` (`store_failed`), which has the code of Keyv's error only: its text could quote a password.
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
        // For Keyv, a TTL of 0 means no TTL.
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

/** Waits for Keyv. Of its error only a code is kept: the text can quote a value or a connection string. */
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
  const remedy = { id: "check_store", how: "Keyv's event `error` says why." } as const;
  return new StoreFailed("core", problem, { retryable: true, remedy });
}
