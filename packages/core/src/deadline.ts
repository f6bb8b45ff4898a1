import type { Clock } from "./clock.ts";

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
  let pauses = 0;
  let cancelled = false;
  let stop = start();

  function start(): () => void {
    since = clock.now();
    return clock.timer(left, () => over.abort(otherwise()));
  }

  function hold(): void {
    if (pauses++ > 0) return;
    stop();
    left -= clock.now() - since;
  }

  function release(): void {
    // What was given up may still come back from its wait.
    if (--pauses === 0 && !cancelled) stop = start();
  }

  return {
    signal: over.signal,
    left: () => (pauses > 0 ? left : left - (clock.now() - since)),
    async pause(run) {
      hold();
      try {
        return await run();
      } finally {
        release();
      }
    },
    async resume(run) {
      release();
      try {
        return await run();
      } finally {
        hold();
      }
    },
    cancel() {
      cancelled = true;
      stop();
    },
  };
}
