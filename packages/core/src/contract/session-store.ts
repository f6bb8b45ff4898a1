/** Where sessions are kept beyond one object: in memory, in a file, on a server. Values hold secrets. */
export interface SessionStore {
  /** The value under a key, or `undefined`. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a value; it may be dropped after `expiresAt` (ms since the epoch). */
  set(key: string, value: string, options?: { expiresAt?: number }): Promise<void>;
  /** Removes a value. Removing what is not there is no error. */
  delete(key: string): Promise<void>;
  /**
   * Runs `run` while nobody else holds the key's lock. The signal given to `run` is aborted if the lock is lost;
   * `options.signal` ends the wait for the lock.
   */
  withLock?<T>(key: string, run: (signal: AbortSignal) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
}
