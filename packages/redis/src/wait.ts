/**
 * Waits for a promise, but no longer than a signal allows.
 * @throws the signal's own reason, at once when it aborts. The promise itself goes on.
 */
export async function orAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([aborted.promise, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/**
 * Waits for a promise for so many ms at most. The promise itself goes on.
 * @throws what `otherwise` makes when the time is over.
 */
export async function within<T>(ms: number, promise: Promise<T>, otherwise: () => Error): Promise<T> {
  const late = Promise.withResolvers<never>();
  let last: ReturnType<typeof setTimeout> | undefined;
  const first = setTimeout(() => {
    // After a pause of the whole process, what has come meanwhile is read before the time counts as over.
    last = setTimeout(() => late.reject(otherwise()), 0);
  }, ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(first);
    clearTimeout(last);
  }
}

/**
 * Waits.
 * @throws the signal's reason when it aborts.
 */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await orAbort(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}
