/** The engine's source of time and randomness, which tests replace. */
export interface Clock {
  /** Ms since the epoch. */
  now(): number;
  /** Monotonic time in ms, for durations. Its origin has no meaning. */
  elapsed(): number;
  /** A random number from 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /**
   * Calls `callback` after `ms` milliseconds. Returns a function that cancels the timer.
   * @param keepAlive whether the timer keeps the process alive. Default: `true`.
   */
  timer(ms: number, callback: () => void, keepAlive?: boolean): () => void;
}

/** The longest delay of `setTimeout`, in ms. A longer one would fire immediately. */
const LONGEST_TIMER = 2 ** 31 - 1;

const SYSTEM: Clock = {
  // Looked up per call, so that a test's fake timers apply.
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  timer(ms, callback, keepAlive = true) {
    const id: unknown = setTimeout(callback, Math.min(ms, LONGEST_TIMER));
    // Only Node has timer objects. Other runtimes return numbers and exit without waiting for them.
    if (!keepAlive) (id as { unref?: () => void }).unref?.();
    return () => clearTimeout(id as number);
  },
};

/** The system clock. `now` also replaces elapsed time, so that advancing it in a test advances every duration. */
export function systemClock(now?: () => number): Clock {
  return now === undefined ? SYSTEM : { ...SYSTEM, now, elapsed: now };
}
