/** Time and randomness, which tests replace. */
export interface Clock {
  /** Ms since the epoch. */
  now(): number;
  /** Monotonic ms for durations. The origin has no meaning. */
  elapsed(): number;
  /** At least 0, below 1. */
  random(): number;
  /**
   * Returns a function that cancels the timer.
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

/** `now` also replaces elapsed time, so that advancing it in a test advances every duration. */
export function systemClock(now?: () => number): Clock {
  return now === undefined ? SYSTEM : { ...SYSTEM, now, elapsed: now };
}
