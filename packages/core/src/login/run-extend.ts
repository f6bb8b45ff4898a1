import type { Login } from "../contract/flow/flow.ts";
import type { FlowContext } from "../contract/flow/flow-context.ts";
import { sameSecret } from "../contract/session-record.ts";
import { createLiveSession, type FreshSession, type LiveSession } from "../state/live-session.ts";
import { checkLogin } from "./check-login.ts";
import type { FlowRun } from "./flow-run.ts";
import { newSession } from "./new-session.ts";
import { runWithRetries } from "./retry.ts";
import { runLogout } from "./run-logout.ts";
import type { VendorClock } from "./vendor-clock.ts";

/** Fields that the flow omits stay unchanged. Returns `undefined` if the vendor refuses. */
export function runExtend<Data, User>(
  run: FlowRun<Data, User>,
  live: Pick<LiveSession<Data, User>, "record" | "lineage">,
): Promise<FreshSession<Data, User> | undefined> {
  const { setup, attempt } = run;
  const extend = async (context: FlowContext<Data, User>, vendorClock: VendorClock) => {
    const extended = await setup.flow.extend?.(context, live.record);
    return extended && extendedSession(run, vendorClock, checkLogin(setup, "extend", extended), live);
  };
  return runWithRetries(run, extend, (running) => {
    attempt.waitFor(running.then((late) => late && endExtension(run, live, late)));
  });
}

/** The vendor may treat a late extension as a separate session. */
export async function endExtension<Data, User>(
  { setup }: FlowRun<Data, User>,
  { record }: Pick<LiveSession<Data, User>, "record">,
  extended: LiveSession<Data, User>,
): Promise<void> {
  if (!sameSecret(record, extended.record)) await runLogout(setup, extended.record);
}

function extendedSession<Data, User>(
  run: FlowRun<Data, User>,
  vendorClock: VendorClock,
  extended: Partial<Login<Data, User>>,
  { record, lineage }: Pick<LiveSession<Data, User>, "record" | "lineage">,
): FreshSession<Data, User> {
  const { flow, settings } = run.setup;
  const { data = record.data, user = record.user, idleTimeout = record.idleTimeout } = extended;
  const baseUrl = extended.baseUrl ?? new URL(record.baseUrl);
  const { record: next } = newSession(run, vendorClock, { ...extended, data, user, idleTimeout, baseUrl });
  const {
    expiresAt = record.expiresAt,
    expiresHint = record.expiresHint,
    extendableUntil = record.extendableUntil,
  } = next;
  const kept = {
    ...(extendableUntil === undefined ? {} : { extendableUntil }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(expiresHint === undefined ? {} : { expiresHint }),
  };
  // With the same credential, a late response may still rotate the session.
  if (!sameSecret(record, next)) lineage.extensions++;
  return createLiveSession(flow, { ...next, ...kept }, settings, lineage);
}
