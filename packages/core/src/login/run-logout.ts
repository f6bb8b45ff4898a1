import type { SessionRecord } from "../contract/session-record.ts";
import type { FlowRun } from "./flow-run.ts";
import { LoginHistory } from "./history/login-history.ts";
import { runWithRetries } from "./retry.ts";
import type { SessionSetup } from "./session-setup.ts";
import { SharedAttempt } from "./shared-attempt.ts";

/** Does nothing if the vendor has no sign-out. */
export async function runLogout<Data, User>(
  setup: SessionSetup<Data, User>,
  record: SessionRecord<Data, User>,
): Promise<void> {
  const { flow } = setup;
  if (flow.logout === undefined) return;
  await runWithRetries(nonInteractiveRun(setup, record.account, record), async (context) =>
    flow.logout?.(context, record),
  );
}

/** A run without callers, prompts or credentials. */
export function nonInteractiveRun<Data, User>(
  setup: SessionSetup<Data, User>,
  account: string,
  previous: SessionRecord<Data, User> | undefined,
): FlowRun<Data, User> {
  const attempt = new SharedAttempt<Data, User>({ history: new LoginHistory(), background: true });
  return { setup, attempt, account, signal: attempt.signal, credentials: undefined, previous, draft: {} };
}
