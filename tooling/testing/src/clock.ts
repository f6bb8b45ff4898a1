/** A clock for the option `now` of a session, which a test can set forward. */
export interface TestClock {
  readonly now: () => number;
  /** Sets the clock forward by so many ms. Default: longer than the pause after a failed login. */
  skip(ms?: number): void;
}

/** @param start the time at first, in ms since the epoch. */
export function testClock(start: number = Date.now()): TestClock {
  let skipped = 0;
  return {
    now: () => start + skipped,
    skip(ms = 600_000) {
      skipped += ms;
    },
  };
}
