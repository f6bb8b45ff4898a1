import type { Lease } from "../contract/session-store.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { anySignal } from "../util/any-signal.ts";
import { orAbort, sleep } from "../util/wait.ts";
import type { SessionSetup } from "./session-setup.ts";

/** The shortest and the longest time from one read to the next while a lock is waited for, in ms. */
const SHORTEST_INTERVAL = 100;
const LONGEST_INTERVAL = 1_000;

/** The share of its waiting time by which a waiter may be late. */
const LATENESS = 0.1;

/** How long a read may take, in ms. */
const SLOW = 2_000;

const FOUND: unique symbol = Symbol("found");

/** What ends the wait for a login, and who hears of the limiter's own failure. */
interface Waiting {
  readonly signal: AbortSignal;
  /** Aborts when the session is signed out. */
  readonly closed: AbortSignal;
  report(error: unknown): void;
  /** Whether the limiter spaces what runs. It spaces logins, not extensions. */
  readonly isLimited: boolean;
}

/**
 * Looks for a stored session, and otherwise runs in its turn, under the account's lock. While it waits, it looks again: a
 * hundred waiters then need not take the lock one after the other, only to read.
 * @param look reads the store. `undefined`: there is no session that can be used.
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
    // A free lock takes one round trip. A read at the same moment would only delay its holder.
    await sleep(clock, limited(1.5 * roundTrip), done.signal);
    for (;;) {
      const since = clock.elapsed();
      result = await look();
      if (result !== undefined && !done.signal.aborted) return found.abort(FOUND);
      const taken = clock.elapsed() - since;
      // A store that is this slow would be in the way of the login.
      if (taken > SLOW) return;
      const interval = limited(LATENESS * (since - started));
      await sleep(clock, Math.max(0, interval - taken), done.signal);
    }
  };
  watch().catch(() => {});
  try {
    const either = anySignal([signal, found.signal]);
    // The lock comes last: a process that waits for its turn must not keep the others waiting.
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

/**
 * Guarantee 19: runs a login when the limiter lets it. The limiter can be the user's own, so it is not relied on for the
 * result, nor for leaving its queue.
 */
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
  const notCalled = new InvalidOptions(flow.vendor, "`loginLimiter`: `run` has not called the login.");
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
