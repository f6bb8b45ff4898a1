/** What the simulator takes for the time, in milliseconds since the epoch. A test moves it with `advance`. */
export interface Clock {
  now(): number;
  advance(ms: number): void;
}

/**
 * Makes a clock. Without `start` it runs with the machine's; a function is asked each time; a number stands still until
 * it is advanced. What was advanced is added in each case.
 */
export function createClock(start: number | (() => number) = () => Date.now()): Clock {
  const base = typeof start === "number" ? () => start : start;
  let advanced = 0;
  return {
    now: () => base() + advanced,
    advance: (ms) => {
      advanced += ms;
    },
  };
}
