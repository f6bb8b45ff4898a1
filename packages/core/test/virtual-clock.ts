import type { Clock } from "../src/util/clock.ts";

/** A clock that moves only when the test advances it, and runs the timers that are due. */
export interface VirtualClock extends Clock {
  advance(ms: number): Promise<void>;
  /** Moves the wall clock without running timers, as if a person had set it. */
  set(now: number): void;
  readonly pending: number;
}

export function virtualClock(start: number = Date.UTC(2026, 0, 1), random: () => number = () => 0.5): VirtualClock {
  let now = start;
  let elapsed = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    elapsed: () => elapsed,
    random,
    timer(ms, callback) {
      const timer = { at: elapsed + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = elapsed + ms;
      for (;;) {
        await settle();
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.delete(next);
        now += next.at - elapsed;
        elapsed = next.at;
        next.callback();
      }
      now += until - elapsed;
      elapsed = until;
      await settle();
    },
    set(value) {
      now = value;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Runs everything that can run without time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    // Digests are computed on other threads. After this one, all earlier ones are complete.
    await crypto.subtle.digest("SHA-256", new Uint8Array(1));
  }
}
