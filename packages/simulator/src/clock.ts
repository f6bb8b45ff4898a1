/** The simulator's time, in milliseconds since the epoch. A test moves it with `advance`. */
export interface Clock {
  now(): number;
  advance(ms: number): void;
}

/**
 * Creates a clock. Default: the machine's clock. A function is called for each time; a number is a clock that stands
 * still. `advance` adds to each of them.
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
