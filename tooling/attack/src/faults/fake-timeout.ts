/**
 * The `timeout` of every session here, in ms. Nothing else waits this long, so this value identifies the sessions' timers.
 * Tests fire them on demand, so a busy machine makes no difference.
 */
export const TIMEOUT = 20_011;

/** Replaces the runtime's timers. */
export interface FakeTimeout {
  /** Fires all pending timeouts of sessions. */
  pass(): void;
  /** Restores the timers. */
  restore(): void;
}

/** Replaces the timers. Those of `TIMEOUT` fire on demand, and all others are unchanged. */
export function fakeTimeout(): FakeTimeout {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const running = new Map<unknown, () => void>();

  globalThis.setTimeout = Object.assign((callback: () => void, ms?: number, ...given: []) => {
    const timer = set(callback, ms, ...given);
    // A timeout that was paused resumes with slightly less.
    if (ms !== undefined && ms > TIMEOUT / 2 && ms <= TIMEOUT) running.set(timer, callback);
    return timer;
  }, set);
  globalThis.clearTimeout = (timer) => {
    running.delete(timer);
    clear(timer);
  };

  return {
    pass() {
      for (const [timer, callback] of [...running]) {
        globalThis.clearTimeout(timer as NodeJS.Timeout);
        callback();
      }
    },
    restore() {
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
    },
  };
}
