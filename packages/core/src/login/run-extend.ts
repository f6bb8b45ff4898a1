import type { Flow } from "../contract/flow.ts";
import type { FreshSession, LiveSession } from "../state/live-session.ts";
import { checkLogin } from "./check-login.ts";
import type { FlowRun } from "./flow-run.ts";
import { extendedSession } from "./new-session.ts";
import { runFlow } from "./run-flow.ts";

/** Extends a live session. What the flow's result omits stays as it was. */
export function runExtend<Data, User>(
  run: FlowRun<Data, User>,
  live: LiveSession<Data, User>,
  extend: NonNullable<Flow<Data, User>["extend"]>,
): Promise<FreshSession<Data, User>> {
  const { flow } = run.setup;
  return runFlow(run, async (context, vendorClock) => {
    const extended = checkLogin(flow.vendor, "extend", await extend.call(flow, context, live.record));
    return extendedSession(run, vendorClock, extended, live);
  });
}
