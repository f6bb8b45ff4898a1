/** Keeps sessions beyond one session object: in memory, in a file, on a server. Values hold secrets. */
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
   * Runs `run` while no other caller holds the lock of the key, and returns what `run` returns.
   * @param options `signal` ends the wait for the lock, with its own reason.
   */
  withLock?<T>(key: string, run: (lease: Lease) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
}

/** What `run` gets while it holds a lock. A lease ends when its lock is lost, and when `run` has settled. */
export interface Lease {
  /** Aborts when the lock is lost: from then on another caller may hold it. */
  readonly signal: AbortSignal;
  /**
   * Writes the value of the locked key like `SessionStore.set`, but only while this lease is the latest of its key. A holder
   * that was suspended can therefore not overwrite what a later holder has written.
   *
   * It rejects with `StoreFailed` and writes nothing if the lock was lost, taken over or given back (`retryable: true`), and
   * if `key` is not the locked key (`retryable: false`).
   */
  readonly set: SessionStore["set"];
}
