import type { Clock } from "./clock.ts";

/**
 * Waits for a promise, which itself continues after an abort.
 * @throws the signal's reason when it aborts.
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

/** @throws the signal's reason when it aborts. */
export async function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.timer(ms, resolve);
  try {
    await orAbort(promise, signal);
  } finally {
    cancel();
  }
}

/**
 * Waits for a promise at most `ms` milliseconds. The promise itself continues.
 * @throws the error from `otherwise` when the time is up.
 */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>, otherwise: () => Error): Promise<T> {
  const late = Promise.withResolvers<never>();
  let cancel = clock.timer(ms, () => {
    // After the process was suspended, results that arrived meanwhile come first.
    cancel = clock.timer(0, () => late.reject(otherwise()));
  });
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    cancel();
  }
}
