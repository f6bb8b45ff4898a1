/**
 * Limits the logins of many sessions, so that a fleet does not sign in at once. Create one with `loginLimiter()`, or
 * write your own, for example to count in a database.
 */
export interface LoginLimiter {
  /**
   * Runs a login when its turn comes. The login occupies its slot until it settles, even while it waits for a person.
   * Errors of `run` itself reach the callers.
   * @param login signs in. Call it once.
   * @param options `signal` aborts when no caller waits any longer. Remove the login from the queue then.
   * @example
   * const limiter: LoginLimiter = { run: (login, options) => queue.add(login, options) }; // p-queue
   */
  run<T>(login: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
}
