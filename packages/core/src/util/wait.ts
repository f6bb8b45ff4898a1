import type { Clock } from "./clock.ts";
/**
 * Waits for a promise, but no longer than a signal allows.
 * @throws the signal's own reason, at once when it aborts. The promise itself goes on.
 */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (signal === undefined || signal === null) return promise;
  if (signal.aborted) {
    promise.catch(() => {});
    return Promise.reject(signal.reason);
  }
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/**
 * Waits.
 * @throws the signal's reason when it aborts.
 */
export async function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.timer(ms, resolve);
  try {
    await orAbort(promise, signal);
  } finally {
    cancel();
  }
}

/**
 * Waits for a promise for so many ms at most. The promise itself goes on.
 * @throws what `otherwise` makes when the time is over.
 */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>, otherwise: () => Error): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.timer(ms, () => late.reject(otherwise()));
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    cancel();
  }
}
