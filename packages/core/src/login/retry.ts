import type { FlowContext } from "../contract/flow/flow-context.ts";
import { isVmsError } from "../errors/is-vms-error.ts";
import { timedOut } from "../request/no-response.ts";
import { anySignal } from "../util/any-signal.ts";
import { startDeadline } from "../util/deadline.ts";
import { orAbort, sleep } from "../util/wait.ts";
import { createFlowContext } from "./flow-context.ts";
import type { FlowRun } from "./flow-run.ts";
import { isVendorsRefusal } from "./history/refusal.ts";
import { VendorClock } from "./vendor-clock.ts";

export type FlowStep<Data, User, T> = (context: FlowContext<Data, User>, vendorClock: VendorClock) => Promise<T>;

/**
 * Runs a step within `timeout` and retries it after a network error, 429 or 5xx. The delay doubles with full jitter. A
 * longer `Retry-After` replaces it. If that exceeds `retry.maxRetryAfter`, the error is final.
 * @param onLate receives a step whose result is discarded, after an abort or with an unusable `fetch`.
 */
export async function runWithRetries<Data, User, T>(
  run: FlowRun<Data, User>,
  step: FlowStep<Data, User, T>,
  onLate?: (running: Promise<T>) => void,
): Promise<T> {
  const { clock, flow, settings } = run.setup;
  const { timeout, retry } = settings;
  const deadline = startDeadline(clock, timeout, () => {
    return timedOut(flow.vendor, "the sign-in or sign-out", timeout);
  });
  // Aborts requests that a step left running.
  const over = new AbortController();
  const signal = anySignal([run.signal, deadline.signal]);
  try {
    for (let attempt = 1; ; attempt++) {
      const vendorClock = new VendorClock(clock);
      const context = createFlowContext(run, anySignal([signal, over.signal]), deadline, vendorClock);
      const running = step(context, vendorClock);
      try {
        const result = await orAbort(running, signal);
        if (!isUnfit(run)) return result;
        onLate?.(running);
        throw run.attempt.unfit;
      } catch (error) {
        if (signal.aborted) onLate?.(running);
        if (isUnfit(run) && !isVendorsRefusal(error)) throw run.attempt.unfit;
        if (signal.aborted || !isVmsError(error) || !error.retryable || attempt >= retry.attempts) throw error;
        // Guarantee 4: a login without callers is not retried.
        if (run.attempt.isDeserted) throw error;
        const { retryAfter = 0 } = error;
        if (retryAfter > retry.maxRetryAfter) throw error;
        const backoff = clock.random() * Math.min(retry.maxDelay, retry.minDelay * 2 ** (attempt - 1));
        const wait = Math.max(retryAfter, backoff);
        // Waiting past the deadline would fail too, with a less specific error.
        if (wait >= deadline.left()) throw error;
        const awaited = run.attempt.background ? [] : [run.attempt.whileAwaited()];
        await sleep(clock, wait, anySignal([signal, run.attempt.closed, ...awaited])).catch((reason: unknown) => {
          throw signal.aborted || run.attempt.closed.aborted ? reason : error;
        });
      }
    }
  } finally {
    deadline.cancel();
    over.abort(new Error("the attempt is over"));
  }
}

// A sign-out runs anyway: it ends what such a login has opened.
function isUnfit<Data, User>({ attempt, credentials }: FlowRun<Data, User>): boolean {
  return attempt.unfit !== undefined && credentials !== undefined;
}
