import type { Lease } from "../contract/session-store.ts";
import { sleep } from "../util/wait.ts";
import type { SessionSetup } from "./session-setup.ts";

/** The first and the longest delay between two reads while a lock is waited for, in ms. */
const FIRST_DELAY = 100;
const LONGEST_DELAY = 1_000;

/** How long a read may take, in ms. */
const SLOW = 2_000;

const FOUND: unique symbol = Symbol("found");

/**
 * Runs under the account's lock. While it waits for the lock, it looks whether another process has stored a session in the
 * meantime: a hundred waiters then need not take the lock one after the other, only to read.
 * @param look reads the store. `undefined`: there is no session that can be used.
 */
export async function lockOrSession<Data, User, T>(
  { repository, clock }: Pick<SessionSetup<Data, User>, "repository" | "clock">,
  account: string,
  { signal, closed }: { readonly signal: AbortSignal; readonly closed: AbortSignal },
  look: () => Promise<T | undefined>,
  run: (lease: Lease | undefined) => Promise<T>,
): Promise<T> {
  if (repository === undefined) return run(undefined);
  const done = new AbortController();
  const found = new AbortController();
  let result: T | undefined;
  const watch = async (): Promise<void> => {
    for (let delay = FIRST_DELAY; ; delay = Math.min(LONGEST_DELAY, delay * 1.5)) {
      await sleep(clock, delay, done.signal);
      const since = clock.now();
      result = await look();
      // A store that is this slow would be in the way of the login.
      if (clock.now() - since > SLOW) return;
      if (result !== undefined && !done.signal.aborted) return found.abort(FOUND);
    }
  };
  watch().catch(() => {});
  try {
    return await repository.exclusive(account, AbortSignal.any([signal, found.signal]), closed, (lease) => {
      done.abort();
      return run(lease);
    });
  } catch (error) {
    if (error === FOUND && result !== undefined) return result;
    throw error;
  } finally {
    done.abort();
  }
}
