/**
 * Limits the logins of many sessions, so that a fleet does not sign in at once. `loginLimiter()` makes one. Your own can count
 * in a database, for example.
 */
export interface LoginLimiter {
  /**
   * Runs a login when its turn comes, and returns its result.
   * @param login signs in. It is called at most once.
   * @param options its signal aborts when no caller waits any longer. The login then leaves the queue.
   * @example
   * const limiter: LoginLimiter = { run: (login, options) => queue.add(login, options) }; // p-queue
   */
  run<T>(login: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
}
