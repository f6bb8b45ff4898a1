import type { Lease, SessionStore } from "../contract/session-store.ts";
import { anySignal } from "../util/any-signal.ts";
import type { Clock } from "../util/clock.ts";
import { orAbort, within } from "../util/wait.ts";

/** A lock that is held until `release()`. */
export interface HeldLease extends Lease {
  /** @throws if the store fails or does not answer in time. */
  release(): Promise<void>;
}

/** The longest waits, in ms. */
export interface LeasePatience {
  readonly clock: Clock;
  readonly toAcquire: number;
  readonly toRelease: number;
}

/**
 * Takes a store's lock as an object instead of a callback.
 * @param signal ends the wait, with its own reason.
 * @throws the store's error, or an error if there is no lock in time.
 */
export async function holdLease(
  withLock: NonNullable<SessionStore["withLock"]>,
  key: string,
  signal: AbortSignal,
  { clock, toAcquire, toRelease }: LeasePatience,
): Promise<HeldLease> {
  const held = Promise.withResolvers<Lease>();
  const released = Promise.withResolvers<void>();
  const tooLate = new AbortController();
  const either = anySignal([signal, tooLate.signal]);
  let gaveUp = false;
  const run = (lease: Lease): Promise<void> => {
    // A lock that arrives after the wait is released immediately.
    if (gaveUp) throw new Error("no caller waits for the lock any more");
    held.resolve(lease);
    return released.promise;
  };
  const locked = (async () => withLock(key, run, { signal: either }))();
  const neverRan = locked.then(() => {
    throw new Error("the store gave no lock");
  });
  // A holder that times out at the same moment releases the lock first.
  let cancel = clock.timer(toAcquire, () => {
    cancel = clock.timer(0, () => tooLate.abort(new Error("no lock in time")));
  });
  try {
    const lease = await orAbort(Promise.race([held.promise, neverRan]), either);
    return {
      signal: lease.signal,
      set: lease.set,
      async release() {
        released.resolve();
        await within(clock, toRelease, locked, () => new Error("no release in time"));
      },
    };
  } catch (error) {
    gaveUp = true;
    released.resolve();
    throw error;
  } finally {
    cancel();
  }
}
