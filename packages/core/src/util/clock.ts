/** The time and the random numbers that the engine uses, so that a test can control both. */
export interface Clock {
  /** The current time in ms since the epoch. */
  now(): number;
  /** A time in ms for durations. It only moves forward, also if somebody sets the wall clock. Its origin has no meaning. */
  elapsed(): number;
  /** A random number: at least 0, below 1. */
  random(): number;
  /**
   * Calls `callback` after `ms` milliseconds. Returns a function that cancels the timer.
   * @param keepAlive whether the timer keeps the process alive. Default: yes.
   */
  timer(ms: number, callback: () => void, keepAlive?: boolean): () => void;
}

/** The longest delay of `setTimeout`, in ms. A longer one would fire immediately. */
const LONGEST_TIMER = 2 ** 31 - 1;

const SYSTEM: Clock = {
  // Looked up at each call, so that a test's fake timers are used.
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  timer(ms, callback, keepAlive = true) {
    const id: unknown = setTimeout(callback, Math.min(ms, LONGEST_TIMER));
    // Other runtimes have numbers, and exit without waiting.
    if (!keepAlive) (id as { unref?: () => void }).unref?.();
    return () => clearTimeout(id as number);
  },
};

/** The machine's clock. `now` replaces its time, for durations too: a test then lets time pass for all that is measured. */
export function systemClock(now?: () => number): Clock {
  return now === undefined ? SYSTEM : { ...SYSTEM, now, elapsed: now };
}
