/**
 * Stores sessions in memory, in files or on a server. Values contain secrets.
 *
 * Methods should reject with `StoreFailed`. A session accepts any other error too, but does not show its message.
 */
export interface SessionStore {
  /**
   * Returns the value of a key, or `undefined` if there is none.
   * @throws {StoreFailed} `store_failed` if the value cannot be read.
   * @example
   * const value = await store.get(key);
   */
  get(key: string): Promise<string | undefined>;
  /**
   * Writes the value of a key, even while the key is locked.
   * @param options `expiresAt`: the store may drop the value after this time, in ms since the epoch. Default: never.
   * @throws {StoreFailed} `store_failed` if the value cannot be written.
   * @example
   * await store.set(key, value, { expiresAt: Date.now() + 3_600_000 });
   */
  set(key: string, value: string, options?: { expiresAt?: number }): Promise<void>;
  /**
   * Removes the value of a key, if there is one.
   * @throws {StoreFailed} `store_failed` if the value cannot be removed.
   * @example
   * await store.delete(key);
   */
  delete(key: string): Promise<void>;
  /**
   * Runs `run` while no other caller holds the key's lock, and returns its result. Absent if the store has no locks.
   * @param options `signal` ends the wait for the lock with the signal's reason. Default: no limit.
   * @throws {StoreFailed} `store_failed` if the store fails. Errors of `run` are passed on.
   * @example
   * await store.withLock?.(key, async (lease) => lease.set(key, value));
   */
  withLock?<T>(key: string, run: (lease: Lease) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
}

/** What `run` receives while it holds a lock. A lease ends when its lock is lost or `run` settles. */
export interface Lease {
  /** Aborts when the lock is lost and another caller may hold it. */
  readonly signal: AbortSignal;
  /**
   * Like `SessionStore.set` for the locked key, but only while this is the key's latest lease. A holder that was
   * suspended therefore cannot overwrite a later holder's value.
   *
   * @throws {StoreFailed} `store_failed` if the lock was lost or released (`retryable` is `true`), or if `key` is not
   * the locked key (`retryable` is `false`). Nothing is written then.
   * @example
   * await lease.set(key, value, { expiresAt });
   */
  readonly set: SessionStore["set"];
}
