/**
 * The `timeout` of every session here, in ms. Nothing else waits this long, so the timers of sessions can be recognized.
 * No test waits for it: if a vendor stalls, the test ends it, so a busy machine makes no difference.
 */
export const TIMEOUT = 20_011;

/** Replaces the runtime's timers. */
export interface FakeTimeout {
  /** Ends all running time limits of sessions now. */
  pass(): void;
  /** Restores the timers. */
  restore(): void;
}

/** Replaces the timers: those of `TIMEOUT` can be ended, all others are unchanged. */
export function fakeTimeout(): FakeTimeout {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const running = new Map<unknown, () => void>();

  globalThis.setTimeout = Object.assign((callback: () => void, ms?: number, ...given: []) => {
    const timer = set(callback, ms, ...given);
    // A time limit that was paused continues with a little less.
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
