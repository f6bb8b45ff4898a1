import type { Live } from "./live.ts";

/** What an attempt may do short of a login. */
export interface Allowed {
  /** Whether prolonging the live session will do. */
  readonly mayExtend: boolean;
  /** Whether a session that exists already, in the store or given by its cookies, will do. */
  mayAdopt: boolean;
}

/** One login or renewal under way, shared by all who wait for it. */
export interface Attempt<Data, User> extends Allowed {
  readonly result: PromiseWithResolvers<Live<Data, User>>;
  /** Settles when nothing of the attempt runs any more; never rejects. */
  settled: Promise<void>;
  readonly abort: AbortController;
  waiters: number;
  /** Whether it ended with a session that existed already. */
  adopted: boolean;
}

export function newAttempt<Data, User>(allowed: Allowed): Attempt<Data, User> {
  const result = Promise.withResolvers<Live<Data, User>>();
  // Where nobody waits, a failure is an event, not an unhandled rejection.
  result.promise.catch(() => {});
  return { ...allowed, result, settled: Promise.resolve(), abort: new AbortController(), waiters: 0, adopted: false };
}
