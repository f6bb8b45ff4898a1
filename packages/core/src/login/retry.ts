import type { Settings } from "../contract/settings.ts";
import { isVmsError } from "../errors/any-error.ts";
import { VendorUnavailable } from "../errors/vendor-unavailable.ts";
import type { Clock } from "../util/clock.ts";
import { orAbort, sleep } from "../util/wait.ts";
import { type Deadline, startDeadline } from "./deadline.ts";

/**
 * Runs a conversation with the vendor within `timeout`, and again from its start where that can help:
 * after a fault of the network, a 5xx, or a 429. Everything else is final.
 * What a run yields after it was given up goes to `late`.
 * The time stands still while `run` waits for somebody. Waits are exponential with full jitter; a `Retry-After` is waited for instead, unless it is longer than allowed.
 */
export async function withRetry<T>(
  vendor: string,
  settings: Settings,
  clock: Clock,
  outer: AbortSignal,
  run: (signal: AbortSignal, deadline: Deadline) => Promise<T>,
  late: (value: T) => void = () => {},
): Promise<T> {
  const { timeout, retry } = settings;
  const deadline = startDeadline(
    clock,
    timeout,
    () =>
      new VendorUnavailable(
        vendor,
        `the vendor did not finish in ${timeout} ms (\`timeout\`). Check the network, or allow more time.`,
      ),
  );
  // What a run has left under way when it ends is not waited for by anybody.
  const over = new AbortController();
  const signal = AbortSignal.any([outer, deadline.signal]);
  try {
    for (let attempt = 1; ; attempt++) {
      const running = run(AbortSignal.any([signal, over.signal]), deadline);
      try {
        return await orAbort(running, signal);
      } catch (error) {
        if (signal.aborted) running.then(late, () => {});
        if (signal.aborted || !isVmsError(error) || !error.retryable || attempt >= retry.attempts) throw error;
        const backoff = clock.random() * Math.min(retry.maxDelay, retry.minDelay * 2 ** (attempt - 1));
        const asked = error.retryAfter;
        if (asked !== undefined && asked > retry.maxRetryAfter) throw error;
        const wait = Math.max(asked ?? 0, backoff);
        // A wait beyond the deadline ends in the same failure, only later and with a worse message.
        if (wait >= deadline.left()) throw error;
        await sleep(clock, wait, signal);
      }
    }
  } finally {
    deadline.cancel();
    over.abort(new Error("the conversation is over"));
  }
}
