import type { Attendance } from "./conversations.ts";
import type { Live } from "./live.ts";

/** What an attempt may do short of a login. */
export interface Allowed {
  /** Whether prolonging the live session will do. */
  readonly mayExtend: boolean;
  /** Whether a session that exists already, in the store or given by its cookies, will do. */
  mayAdopt: boolean;
  /** Whether a human may be asked for a second factor: not in the background, but as soon as a call waits. */
  mayAsk: boolean;
}

/** One login or renewal under way, shared by all who wait for it. */
export interface Attempt<Data, User> extends Allowed {
  readonly result: PromiseWithResolvers<Live<Data, User>>;
  /** Settles when nothing of the attempt runs any more; never rejects. */
  settled: Promise<void>;
  readonly abort: AbortController;
  /** Aborted when the session is signed out: nobody is asked for its sake any more. */
  readonly unwanted: AbortController;
  waiters: number;
  /** Whether it ended with a session that existed already. */
  adopted: boolean;
  /** Whether a human would have been needed, and was not asked. */
  unasked: boolean;
}

export function newAttempt<Data, User>(allowed: Allowed): Attempt<Data, User> {
  const result = Promise.withResolvers<Live<Data, User>>();
  // Where nobody waits, a failure is an event, not an unhandled rejection.
  result.promise.catch(() => {});
  return {
    ...allowed,
    result,
    settled: Promise.resolve(),
    abort: new AbortController(),
    unwanted: new AbortController(),
    waiters: 0,
    adopted: false,
    unasked: false,
  };
}

/** Whether somebody may be asked for an attempt's sake. */
export function attendanceOf(attempt: Pick<Attempt<never, never>, "mayAsk" | "unasked" | "unwanted">): Attendance {
  return {
    mayAsk: () => attempt.mayAsk,
    spared: () => {
      attempt.unasked = true;
    },
    signal: attempt.unwanted.signal,
    count: { codes: 0 },
  };
}

/** Where a renewal in the background had just given up for want of a human, it is begun again for whoever waits now. */
export function again<T>(
  attempt: { readonly unasked: boolean },
  begin: () => Promise<T>,
): (error: unknown) => Promise<T> {
  return (error) => (attempt.unasked ? begin() : Promise.reject(error));
}
