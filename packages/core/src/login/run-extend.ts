import type { Login } from "../contract/flow.ts";
import type { FreshSession, LiveSession } from "../state/live-session.ts";
import { checkLogin } from "./check-login.ts";
import type { FlowRun } from "./flow-run.ts";
import { extendedSession } from "./new-session.ts";
import { runWithRetries } from "./retry.ts";

/** Extends a live session. What the flow's result omits stays as it was. */
export function runExtend<Data, User>(
  run: FlowRun<Data, User>,
  live: LiveSession<Data, User>,
): Promise<FreshSession<Data, User>> {
  const { flow } = run.setup;
  return runWithRetries(run, async (context, vendorClock) => {
    const extended = checkLogin(
      flow.vendor,
      "extend",
      (await flow.extend?.(context, live.record)) as Partial<Login<Data, User>>,
    );
    return extendedSession(run, vendorClock, extended, live);
  });
}
