/** A clock for the option `now` of a session that a test can move forward. */
export interface TestClock {
  readonly now: () => number;
  /** Moves the clock forward. `ms` defaults to more than the pause after a failed login. */
  skip(ms?: number): void;
}

/** @param start the initial time, in ms since the epoch. */
export function testClock(start: number = Date.now()): TestClock {
  let skipped = 0;
  return {
    now: () => start + skipped,
    skip(ms = 600_000) {
      skipped += ms;
    },
  };
}
