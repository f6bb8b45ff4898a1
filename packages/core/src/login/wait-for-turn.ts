import type { Lease } from "../contract/session-store.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { anySignal } from "../util/any-signal.ts";
import { orAbort, sleep } from "../util/wait.ts";
import type { SessionSetup } from "./session-setup.ts";

/** Limits of the interval between reads, in ms. */
const SHORTEST_INTERVAL = 100;
const LONGEST_INTERVAL = 1_000;

/** The interval as a share of the time already waited. */
const LATENESS = 0.1;

/** A read slower than this (ms) stops the polling. */
const SLOW = 2_000;

const FOUND: unique symbol = Symbol("found");

interface Waiting {
  readonly signal: AbortSignal;
  /** Aborts on sign-out. */
  readonly closed: AbortSignal;
  report(error: unknown): void;
  /** Whether the limiter applies: to logins, not to extensions. */
  readonly isLimited: boolean;
}

/**
 * Looks for a stored session, and otherwise calls `run` under the account's lock. It looks again during the wait, so
 * that waiters need not take the lock one by one only to read.
 * @param look returns `undefined` if the store has no usable session.
 */
export async function lockOrSession<Data, User, T>(
  setup: SessionSetup<Data, User>,
  account: string,
  { signal, closed, report, isLimited }: Waiting,
  look: () => Promise<T | undefined>,
  run: (lease: Lease | undefined) => Promise<T>,
): Promise<T> {
  const { repository, clock } = setup;
  if (repository === undefined) {
    await look();
    return inTurn(setup, { signal: anySignal([signal, closed]), report, isLimited }, () => run(undefined));
  }
  const started = clock.elapsed();
  const first = await orAbort(look(), signal);
  if (first !== undefined) return first;
  const roundTrip = clock.elapsed() - started;
  const done = new AbortController();
  const found = new AbortController();
  let result: T | undefined;
  const watch = async (): Promise<void> => {
    // Taking a free lock costs one round trip. A read meanwhile would only delay the holder.
    await sleep(clock, limited(1.5 * roundTrip), done.signal);
    for (;;) {
      const since = clock.elapsed();
      result = await look();
      if (result !== undefined && !done.signal.aborted) return found.abort(FOUND);
      const taken = clock.elapsed() - since;
      // Such slow reads would delay the login.
      if (taken > SLOW) return;
      const interval = limited(LATENESS * (since - started));
      await sleep(clock, Math.max(0, interval - taken), done.signal);
    }
  };
  watch().catch(() => {});
  try {
    const either = anySignal([signal, found.signal]);
    // Last, so that a process that waits for the limiter does not block others.
    return await inTurn(setup, { signal: anySignal([either, closed]), report, isLimited }, () =>
      repository.exclusive(account, either, closed, (lease) => {
        done.abort();
        return run(lease);
      }),
    );
  } catch (error) {
    if (error === FOUND && result !== undefined) return result;
    throw error;
  } finally {
    done.abort();
  }
}

/** Guarantee 19. The limiter may be the user's own, so it is not trusted to return the result or to leave its queue. */
async function inTurn<Data, User, T>(
  { flow, settings }: SessionSetup<Data, User>,
  { signal, report, isLimited }: Pick<Waiting, "signal" | "report" | "isLimited">,
  login: () => Promise<T>,
): Promise<T> {
  const { loginLimiter } = settings;
  if (loginLimiter === undefined || !isLimited) return login();
  const begun = Promise.withResolvers<{ readonly login: Promise<T> }>();
  let once: { readonly login: Promise<T> } | undefined;
  const begin = async () => {
    signal.throwIfAborted();
    once ??= { login: login() };
    begun.resolve(once);
    return once.login;
  };
  const notCalled = new InvalidOptions(flow.vendor, "`loginLimiter`: `run` did not call the login.");
  try {
    loginLimiter.run(begin, { signal }).then(() => begun.reject(notCalled), begun.reject);
    await orAbort(begun.promise, signal);
  } catch (error) {
    if (!signal.aborted) report(error);
    throw error;
  }
  return (await begun.promise).login;
}

function limited(interval: number): number {
  return Math.min(LONGEST_INTERVAL, Math.max(SHORTEST_INTERVAL, interval));
}
