/**
 * The `timeout` of every session here, in ms: a number that nobody else waits for. No test waits for it: where a vendor
 * stalls, it is made to pass, so that a machine that has much else to do makes no difference.
 */
export const TIMEOUT = 20_011;

/** Stands in for the timers of the runtime. */
export interface Time {
  /** Lets every time limit of a session pass that runs now. */
  pass(): void;
  /** Gives the timers back. */
  restore(): void;
}

/** Takes the timers over: those of `TIMEOUT` can be made to pass, all others are left alone. */
export function takeTime(): Time {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const running = new Map<unknown, () => void>();

  globalThis.setTimeout = Object.assign((callback: () => void, ms?: number, ...given: []) => {
    const timer = set(callback, ms, ...given);
    if (ms === TIMEOUT) running.set(timer, callback);
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
