/** All that the engine knows of time and chance, so that a test can hold both. */
export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** At least 0, below 1. */
  random(): number;
  /** Calls back after so many ms; returns how to cancel. */
  timer(ms: number, callback: () => void): () => void;
}

/** A longer timer would run out at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const SYSTEM: Clock = {
  // Looked up late, so that what replaces it later (a test's fake timers) is used.
  now: () => Date.now(),
  random: () => Math.random(),
  timer(ms, callback) {
    const id = setTimeout(callback, Math.min(ms, LONGEST_TIMER));
    return () => clearTimeout(id);
  },
};

/** The machine's clock, with `now` replaced where a user gave one. */
export function systemClock(now?: () => number): Clock {
  return now === undefined ? SYSTEM : { ...SYSTEM, now };
}
