import type { Clock } from "../util/clock.ts";

export interface Deadline {
  /** Its reason is the error from `otherwise`. */
  readonly signal: AbortSignal;
  /** In ms. */
  left(): number;
  /** Stops the clock while `run` runs, for example to prompt a person. */
  pause<T>(run: () => Promise<T>): Promise<T>;
  /** Restarts the clock during a pause. */
  resume<T>(run: () => Promise<T>): Promise<T>;
  cancel(): void;
}

/**
 * A time limit that can be paused.
 * @param otherwise creates the error for the abort.
 */
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
