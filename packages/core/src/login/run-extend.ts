import type { FlowContext, Login } from "../contract/flow.ts";
import { sameSecret } from "../contract/session-record.ts";
import { createLiveSession, type FreshSession, type LiveSession } from "../state/live-session.ts";
import { checkLogin } from "./check-login.ts";
import type { FlowRun } from "./flow-run.ts";
import { newSession } from "./new-session.ts";
import { runWithRetries } from "./retry.ts";
import { runLogout } from "./run-logout.ts";
import type { VendorClock } from "./vendor-clock.ts";

/** Extends a live session. What the flow's result omits stays as it was. */
export function runExtend<Data, User>(
  run: FlowRun<Data, User>,
  live: LiveSession<Data, User>,
): Promise<FreshSession<Data, User>> {
  const { flow } = run.setup;
  const extend = async (context: FlowContext<Data, User>, vendorClock: VendorClock) => {
    const extended = checkLogin(
      flow.vendor,
      "extend",
      (await flow.extend?.(context, live.record)) as Partial<Login<Data, User>>,
    );
    return extendedSession(run, vendorClock, extended, live);
  };
  return runWithRetries(run, extend, (running) => {
    run.attempt.waitFor(running.then((late) => endExtension(run, live, late)));
  });
}

/** Ends an extension that came too late. At the vendor it may be another session, which nobody would use. */
export async function endExtension<Data, User>(
  { setup }: FlowRun<Data, User>,
  { record }: LiveSession<Data, User>,
  extended: LiveSession<Data, User>,
): Promise<void> {
  if (!sameSecret(record, extended.record)) await runLogout(setup, extended.record);
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
