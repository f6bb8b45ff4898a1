import type { Clock } from "./clock.ts";

/** A bound in time that can stand still. */
export interface Deadline {
  /** Ends with what `otherwise` made. */
  readonly signal: AbortSignal;
  /** The time left, in ms. */
  left(): number;
  /** Stands still while `run` waits for somebody. */
  pause<T>(run: () => Promise<T>): Promise<T>;
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

  return {
    signal: over.signal,
    left: () => (pauses > 0 ? left : left - (clock.now() - since)),
    async pause(run) {
      if (pauses++ === 0) {
        stop();
        left -= clock.now() - since;
      }
      try {
        return await run();
      } finally {
        // What was given up may still come back from its wait.
        if (--pauses === 0 && !cancelled) stop = start();
      }
    },
    cancel() {
      cancelled = true;
      stop();
    },
  };
}
