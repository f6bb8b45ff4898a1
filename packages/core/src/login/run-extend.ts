import type { Login } from "../contract/flow.ts";
import { createLiveSession, type FreshSession, type LiveSession } from "../state/live-session.ts";
import { checkLogin } from "./check-login.ts";
import type { FlowRun } from "./flow-run.ts";
import { newSession } from "./new-session.ts";
import { runWithRetries } from "./retry.ts";
import type { VendorClock } from "./vendor-clock.ts";

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

/** Makes a live session of a live one and what `extend` returned. */
function extendedSession<Data, User>(
  run: FlowRun<Data, User>,
  vendorClock: VendorClock,
  extended: Partial<Login<Data, User>>,
  { record, lineage }: LiveSession<Data, User>,
): FreshSession<Data, User> {
  const { flow, settings } = run.setup;
  const { data = record.data, user = record.user, idleTimeout = record.idleTimeout } = extended;
  const baseUrl = extended.baseUrl ?? new URL(record.baseUrl);
  const { record: next } = newSession(run, vendorClock, { ...extended, data, user, idleTimeout, baseUrl });
  const { expiresAt = record.expiresAt, expiresHint = record.expiresHint } = next;
  const kept = {
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(expiresHint === undefined ? {} : { expiresHint }),
  };
  return createLiveSession(flow, { ...next, ...kept }, settings, lineage);
}
