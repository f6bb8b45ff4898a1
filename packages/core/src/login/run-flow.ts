import type { FlowContext } from "../contract/flow.ts";
import { createFlowContext } from "./flow-context.ts";
import type { FlowRun } from "./flow-run.ts";
import { withRetry } from "./retry.ts";
import { VendorClock } from "./vendor-clock.ts";

/** A part of a flow: it gets the context that the flow is lent, and what was seen of the vendor's clock. */
export type FlowStep<Data, User, T> = (context: FlowContext<Data, User>, vendorClock: VendorClock) => Promise<T>;

/**
 * Runs one step of a flow within `timeout`, with retries.
 * @param onLate called with a step that was still running when the wait for it was given up.
 */
export function runFlow<Data, User, T>(
  run: FlowRun<Data, User>,
  step: FlowStep<Data, User, T>,
  onLate: (running: Promise<T>) => void = (running) => void running.catch(() => {}),
): Promise<T> {
  return withRetry(
    run,
    (signal, deadline) => {
      const vendorClock = new VendorClock(run.setup.clock);
      return step(createFlowContext(run, signal, deadline, vendorClock), vendorClock);
    },
    onLate,
  );
}
