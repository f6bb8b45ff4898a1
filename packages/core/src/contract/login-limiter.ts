/**
 * Limits the logins of many sessions, so that a fleet does not sign in at once. `loginLimiter()` makes one. Your own can count
 * in a database, for example.
 */
export interface LoginLimiter {
  /**
   * Runs a login when its turn comes. A login keeps its place until it has ended, also while it waits for a person. An error
   * of `run` itself is passed to the callers.
   * @param login signs in. Call it once.
   * @param options its signal aborts when no caller waits any longer. Take the login out of the queue then.
   * @example
   * const limiter: LoginLimiter = { run: (login, options) => queue.add(login, options) }; // p-queue
   */
  run<T>(login: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
}
