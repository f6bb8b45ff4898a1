import type { LiveSession } from "../state/live-session.ts";
import { orAbort } from "../util/wait.ts";
import type { CodeCount } from "./ask-second-factor.ts";

/** What an attempt may do short of a login. */
export interface Allowed {
  /** Whether prolonging the live session will do. */
  readonly mayExtend: boolean;
  /** Whether a session that exists already, in the store or given by its cookies, will do. */
  mayAdopt: boolean;
  /** Whether it runs in the background: then it goes on where no call waits, and no human is asked for its sake. */
  readonly quiet: boolean;
}

/** One login or renewal under way, shared by all who wait for it. */
export interface Attempt<Data, User> extends Allowed {
  readonly result: PromiseWithResolvers<LiveSession<Data, User>>;
  /** Settles when nothing of the attempt runs any more; never rejects. */
  settled: Promise<void>;
  readonly abort: AbortController;
  /** Aborted when the session is signed out: nobody is asked for its sake any more. */
  readonly unwanted: AbortController;
  /** The calls that wait for it. */
  callers: number;
  /** Aborted when the last caller leaves: takes back the question to a human that is open. */
  left: AbortController | undefined;
  /** Whether it ended with a session that existed already. */
  adopted: boolean;
  /** The error that says that a human would have been needed, and was not asked. */
  unasked: unknown;
}

export function newAttempt<Data, User>(allowed: Allowed): Attempt<Data, User> {
  const result = Promise.withResolvers<LiveSession<Data, User>>();
  // Where nobody waits, a failure is an event, not an unhandled rejection.
  result.promise.catch(() => {});
  return {
    ...allowed,
    result,
    settled: Promise.resolve(),
    abort: new AbortController(),
    unwanted: new AbortController(),
    callers: 0,
    left: undefined,
    adopted: false,
    unasked: undefined,
  };
}

/**
 * Waits for an attempt as one of its callers.
 * @param deserted called when the last of them leaves.
 */
export async function join<Data, User>(
  attempt: Attempt<Data, User>,
  signal: AbortSignal | null | undefined,
  deserted: () => void,
): Promise<LiveSession<Data, User>> {
  attempt.callers++;
  try {
    return await orAbort(attempt.result.promise, signal);
  } finally {
    if (--attempt.callers === 0) {
      deserted();
      attempt.left?.abort();
    }
  }
}

/**
 * Whether somebody may be asked for an attempt's sake.
 * @param wrong the codes that were not taken, over all attempts of the session.
 */
export function humanAccessOf(
  attempt: Pick<Attempt<never, never>, "callers" | "left" | "unasked" | "unwanted">,
  wrong: { codes: number },
): HumanAccess {
  return {
    mayAsk: () => attempt.callers > 0,
    spared: (error) => {
      attempt.unasked = error;
    },
    left: () => {
      attempt.left = new AbortController();
      return attempt.left.signal;
    },
    signal: attempt.unwanted.signal,
    count: { asked: 0, wrong },
  };
}

/** Where a renewal in the background had just given up for want of a human, it is begun again for whoever waits now. */
export function retryIfSkipped<T>(
  attempt: { readonly unasked: unknown },
  begin: () => Promise<T>,
): (error: unknown) => Promise<T> {
  return (error) => (error !== undefined && error === attempt.unasked ? begin() : Promise.reject(error));
}

/** Whether somebody may be asked for what only a human has. */
export interface HumanAccess {
  /** Whether a human may be asked now. */
  readonly mayAsk: () => boolean;
  /** Told the error that says that a human was needed, and not asked. */
  readonly spared: (error: Error) => void;
  /** A signal for one question to a human: it ends when nobody waits any more. */
  readonly left: () => AbortSignal;
  /** Ends when the session is signed out. */
  readonly signal: AbortSignal;
  /** The codes asked for so far. */
  readonly count: CodeCount;
}
