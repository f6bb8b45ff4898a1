import type { FlowRun } from "./flow-run.ts";
import { runWithRetries } from "./retry.ts";
import { nonInteractiveRun } from "./run-logout.ts";

/** Ends at the vendor what a failed login left open. Never throws, because the login's own error says more. */
export async function abandonLogin<Data, User>({
  setup,
  account,
  previous,
  draft,
}: FlowRun<Data, User>): Promise<void> {
  const { flow } = setup;
  if (flow.abandon === undefined || Object.keys(draft).length === 0) return;
  const run = nonInteractiveRun(setup, account, previous);
  await runWithRetries(run, async (context) => flow.abandon?.(context, draft)).catch(() => {});
}
