import { onTestFinished, vi } from "vitest";

/** A clock for the option `now` of a session, whose time a test can let pass. */
export interface TestClock {
  readonly now: () => number;
  /** Lets so many ms pass, for durations too. Default: longer than the pause after a failed login. */
  skip(ms?: number): void;
  /** Sets the wall clock by so many ms. No time passes. */
  set(by: number): void;
}

/**
 * Creates a clock for the running test.
 * @param start the time at first, in ms since the epoch.
 */
export function testClock(start: number = Date.now()): TestClock {
  let [skipped, step] = [0, 0];
  const elapsed = performance.now();
  const spy = vi.spyOn(performance, "now").mockImplementation(() => elapsed + skipped);
  onTestFinished(() => void spy.mockRestore());
  return {
    now: () => start + skipped + step,
    skip(ms = 600_000) {
      skipped += ms;
    },
    set(by) {
      step += by;
    },
  };
}
