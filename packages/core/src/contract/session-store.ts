/** Stores sessions outside of one session object: in memory, in files, on a server. Values contain secrets. */
export interface SessionStore {
  /** Returns the value of a key, or `undefined` if there is none. */
  get(key: string): Promise<string | undefined>;
  /**
   * Writes the value of a key, also while the key is locked.
   * @param options `expiresAt`: the store may drop the value after this time, in ms since the epoch. Default: never.
   */
  set(key: string, value: string, options?: { expiresAt?: number }): Promise<void>;
  /** Removes the value of a key. It is not an error if there is none. */
  delete(key: string): Promise<void>;
  /**
   * Runs `run` while no other caller holds the lock of the key, and returns its result.
   * @param options `signal` ends the wait for the lock with the signal's reason.
   */
  withLock?<T>(key: string, run: (lease: Lease) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
}

/** What `run` receives while it holds a lock. A lease ends when its lock is lost and when `run` has settled. */
export interface Lease {
  /** Aborts when the lock is lost. Another caller may hold it from then on. */
  readonly signal: AbortSignal;
  /**
   * Writes the value of the locked key like `SessionStore.set`, but only while this lease is the latest of its key. So a
   * holder that was suspended cannot overwrite the value of a later holder.
   *
   * It rejects with `StoreFailed` (`store_failed`) and writes nothing if the lock was lost or released (`retryable: true`), or
   * if `key` is not the locked key (`retryable: false`).
   */
  readonly set: SessionStore["set"];
}
