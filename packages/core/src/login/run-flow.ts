import { expiryOf } from "../contract/expiry.ts";
import type { Flow, FlowContext, Login } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import { withSlash } from "../net/base-url.ts";
import { requireSecure } from "../net/secure-transport.ts";
import { createLiveSession, type FreshSession, type LiveSession } from "../state/live-session.ts";
import { Attempt } from "./attempt.ts";
import { createFlowContext } from "./flow-context.ts";
import type { FlowRun } from "./flow-run.ts";
import { LoginHistory } from "./login-history.ts";
import { withRetry } from "./retry.ts";
import type { SessionSetup } from "./session-setup.ts";
import { VendorClock } from "./vendor-clock.ts";

/** Signs in. */
export function runLogin<Data, User>(run: FlowRun<Data, User>): Promise<FreshSession<Data, User>> {
  const { setup, attempt, credentials } = run;
  const login = async (context: FlowContext<Data, User>, vendorClock: VendorClock) => {
    try {
      return liveSessionOf(run, vendorClock, await setup.flow.login(context));
    } catch (error) {
      const sent = await credentials?.complete();
      if (sent !== undefined && error !== attempt.notPrompted) attempt.history.failed(error, sent);
      throw error;
    }
  };
  return runFlow(run, login, (running) => {
    // The vendor may still open a session that nobody will use.
    running.then((live) => runLogout(setup, live.record)).catch(() => {});
  });
}

/** Resumes a session by its cookies. */
export function runResume<Data, User>(
  run: FlowRun<Data, User>,
  cookies: Readonly<Record<string, string>>,
): Promise<FreshSession<Data, User> | undefined> {
  return runFlow(run, async (context, vendorClock) => {
    const login = await run.setup.flow.resume?.(context, cookies);
    // A flow in plain JavaScript may return `null`.
    return login ? liveSessionOf(run, vendorClock, login) : undefined;
  });
}

/** Extends a live session. */
export function runExtend<Data, User>(
  run: FlowRun<Data, User>,
  { record, lineage }: LiveSession<Data, User>,
  extend: NonNullable<Flow<Data, User>["extend"]>,
): Promise<FreshSession<Data, User>> {
  const { flow } = run.setup;
  return runFlow(run, async (context, vendorClock) =>
    liveSessionOf(run, vendorClock, await extend.call(flow, context, record), lineage),
  );
}

/** Ends a session at the vendor; does nothing if the vendor has no sign-out. */
export async function runLogout<Data, User>(
  setup: SessionSetup<Data, User>,
  record: SessionRecord<Data, User>,
): Promise<void> {
  const { flow } = setup;
  if (flow.logout === undefined) return;
  // Nobody waits for this attempt, so nobody is prompted.
  const attempt = new Attempt<Data, User>({ history: new LoginHistory(undefined), background: true });
  const { account } = record;
  const run = { setup, attempt, account, signal: attempt.signal, credentials: undefined, previous: record, draft: {} };
  await runFlow(run, async (context) => flow.logout?.(context, record));
}

function runFlow<Data, User, T>(
  run: FlowRun<Data, User>,
  step: (context: FlowContext<Data, User>, vendorClock: VendorClock) => Promise<T>,
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

function liveSessionOf<Data, User>(
  { setup, account }: FlowRun<Data, User>,
  vendorClock: VendorClock,
  login: Login<Data, User>,
  lineage?: symbol,
): FreshSession<Data, User> {
  const { flow, settings } = setup;
  const issuedAt = vendorClock.startedAt;
  const idleTimeout = [settings.idleTimeout, login.idleTimeout].find((ms) => ms !== undefined && Number.isFinite(ms));
  const baseUrl = withSlash(login.baseUrl ?? flow.baseUrl);
  requireSecure(flow.vendor, baseUrl, settings.allowInsecureHttp);
  const record: SessionRecord<Data, User> = {
    vendor: flow.vendor,
    account,
    baseUrl: baseUrl.href,
    issuedAt,
    ...expiryOf(login, issuedAt, vendorClock.offset, settings.lifetime),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
    user: login.user,
    data: login.data,
  };
  return createLiveSession(flow, record, settings, lineage);
}
