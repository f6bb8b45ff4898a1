import type { Clock } from "../util/clock.ts";

/** A bound in time that can stand still. */
export interface Deadline {
  /** Ends with what `otherwise` made. */
  readonly signal: AbortSignal;
  /** The time left, in ms. */
  left(): number;
  /** Stands still while `run` waits for somebody. */
  pause<T>(run: () => Promise<T>): Promise<T>;
  /** Runs on while `run` does, within a pause. */
  resume<T>(run: () => Promise<T>): Promise<T>;
  cancel(): void;
}

/** Starts a deadline of so many ms. */
export function startDeadline(clock: Clock, ms: number, otherwise: () => Error): Deadline {
  const over = new AbortController();
  let left = ms;
  let since = clock.now();
  let paused = 0;
  let resumed = 0;
  let cancelled = false;
  let stop = start();

  function start(): () => void {
    since = clock.now();
    return clock.timer(left, () => over.abort(otherwise()));
  }

  const runs = () => paused === 0 || resumed > 0;

  /** Starts or stops the time where a change asks for it. */
  function change(by: () => void): void {
    const before = runs();
    by();
    // What was given up may still come back from its wait.
    if (before === runs() || cancelled) return;
    if (before) {
      stop();
      left -= clock.now() - since;
    } else stop = start();
  }

  return {
    signal: over.signal,
    left: () => (runs() ? left - (clock.now() - since) : left),
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
