import { isVmsError } from "../errors/any-error.ts";
import { VendorUnavailable } from "../errors/vendor-unavailable.ts";
import { type Deadline, startDeadline } from "../util/deadline.ts";
import { orAbort, sleep } from "../util/wait.ts";
import type { FlowRun } from "./flow-run.ts";

/**
 * Runs a step of a flow within `timeout`, and again from its start after a temporary failure: a network error, 429 or
 * 5xx. Every other error is final. Delays double, with full jitter; a `Retry-After` is waited for instead, unless it is
 * longer than `retry.maxRetryAfter`.
 * @param onLate called with a step that was still running when the wait for it was given up.
 */
export async function withRetry<Data, User, T>(
  { setup, signal: outer }: FlowRun<Data, User>,
  step: (signal: AbortSignal, deadline: Deadline) => Promise<T>,
  onLate: (running: Promise<T>) => void,
): Promise<T> {
  const { clock, flow } = setup;
  const { timeout, retry } = setup.settings;
  const deadline = startDeadline(clock, timeout, () => {
    const what = `the vendor did not finish in ${timeout} ms (\`timeout\`). Check the network, or allow more time.`;
    return new VendorUnavailable(flow.vendor, what);
  });
  // Ends whatever a step has left running when it returns.
  const over = new AbortController();
  const signal = AbortSignal.any([outer, deadline.signal]);
  try {
    for (let attempt = 1; ; attempt++) {
      const running = step(AbortSignal.any([signal, over.signal]), deadline);
      try {
        return await orAbort(running, signal);
      } catch (error) {
        if (signal.aborted) onLate(running);
        if (signal.aborted || !isVmsError(error) || !error.retryable || attempt >= retry.attempts) throw error;
        const { retryAfter = 0 } = error;
        if (retryAfter > retry.maxRetryAfter) throw error;
        const backoff = clock.random() * Math.min(retry.maxDelay, retry.minDelay * 2 ** (attempt - 1));
        const wait = Math.max(retryAfter, backoff);
        // Waiting past the deadline would end in the same failure, later and with a worse message.
        if (wait >= deadline.left()) throw error;
        await sleep(clock, wait, signal);
      }
    }
  } finally {
    deadline.cancel();
    over.abort(new Error("the conversation is over"));
  }
}
