/** The simulator's time. A test moves it with `advance`. */
export interface Clock {
  /**
   * Returns the current time in ms since the epoch.
   * @example
   * const { expiresAt = 0 } = session.info ?? {};
   * const left = expiresAt - clock.now();
   */
  now(): number;
  /**
   * Moves the clock forward, for example past the expiry of a session.
   * @param ms how far, in ms.
   * @example
   * clock.advance(15 * 60_000);
   */
  advance(ms: number): void;
}

/**
 * Creates a clock that `advance` moves forward.
 * @param start a function that returns ms since the epoch, or a fixed time. Default: the
 * machine's clock.
 * @example
 * const clock = createClock(Date.UTC(2030, 0, 1));
 * const server = createAltaServer({ clock });
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
