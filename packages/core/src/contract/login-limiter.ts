/**
 * Limits the logins of many sessions, so that a fleet does not sign in at once. `loginLimiter()` creates one; your own
 * can for example count in a database.
 */
export interface LoginLimiter {
  /**
   * Runs a login when its turn comes. The login keeps its slot until it settles, even while it waits for a person.
   * @param login signs in. Call it once.
   * @param options `signal` aborts when no caller waits any longer. Remove the login from the queue then.
   * @example
   * const limiter: LoginLimiter = { run: (login, options) => queue.add(login, options) }; // p-queue
   */
  run<T>(login: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
}
