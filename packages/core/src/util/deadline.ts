import type { Clock } from "../util/clock.ts";

/** A time limit that can be paused. */
export interface Deadline {
  /** Aborts when the time is over, with the error of `otherwise` as its reason. */
  readonly signal: AbortSignal;
  /** The remaining time in ms. */
  left(): number;
  /** Runs `run` while the time does not count, for example because a person is asked. */
  pause<T>(run: () => Promise<T>): Promise<T>;
  /** Runs `run` within a pause while the time counts again. */
  resume<T>(run: () => Promise<T>): Promise<T>;
  cancel(): void;
}

/** Starts a deadline of `ms` milliseconds. `otherwise` makes the error for its end. */
export function startDeadline(clock: Clock, ms: number, otherwise: () => Error): Deadline {
  const over = new AbortController();
  let left = ms;
  let since = clock.elapsed();
  let paused = 0;
  let resumed = 0;
  let cancelled = false;
  let stop = start();

  function start(): () => void {
    since = clock.elapsed();
    return clock.timer(left, () => over.abort(otherwise()));
  }

  const runs = () => paused === 0 || resumed > 0;

  /** Applies a change to the counters, and starts or stops the timer if needed. */
  function change(by: () => void): void {
    const before = runs();
    by();
    // An abandoned `run` can still settle after `cancel()`.
    if (before === runs() || cancelled) return;
    if (before) {
      stop();
      left -= clock.elapsed() - since;
    } else stop = start();
  }

  return {
    signal: over.signal,
    left: () => (runs() ? left - (clock.elapsed() - since) : left),
    async pause(run) {
      change(() => paused++);
      try {
        return await run();
      } finally {
        change(() => paused--);
      }
    },
    async resume(run) {
      change(() => resumed++);
      try {
        return await run();
      } finally {
        change(() => resumed--);
      }
    },
    cancel() {
      cancelled = true;
      stop();
    },
  };
}
