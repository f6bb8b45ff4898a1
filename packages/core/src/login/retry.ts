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

/** A part of a flow. It receives the flow's context and the vendor's clock. */
export type FlowStep<Data, User, T> = (context: FlowContext<Data, User>, vendorClock: VendorClock) => Promise<T>;

/**
 * Runs a step of a flow within `timeout`, and again from its start after a temporary failure: a network error, 429 or
 * 5xx. Every other error is final. Delays double, with full jitter; a longer `Retry-After` is waited for instead, and
 * if it is longer than `retry.maxRetryAfter`, the error is final.
 * @param onLate called with a step whose result nobody gets: it was still running when the wait for it was given up, or the
 * user's `fetch` cannot be used.
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
  // Ends whatever a step has left running when it returns.
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
        // Guarantee 4: a login that all callers have left is not retried.
        if (run.attempt.isDeserted) throw error;
        const { retryAfter = 0 } = error;
        if (retryAfter > retry.maxRetryAfter) throw error;
        const backoff = clock.random() * Math.min(retry.maxDelay, retry.minDelay * 2 ** (attempt - 1));
        const wait = Math.max(retryAfter, backoff);
        // Waiting past the deadline would end in the same failure, later and with a worse message.
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

// A sign-out works nevertheless, and ends what such a login has opened.
function isUnfit<Data, User>({ attempt, credentials }: FlowRun<Data, User>): boolean {
  return attempt.unfit !== undefined && credentials !== undefined;
}
