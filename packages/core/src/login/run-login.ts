import type { FlowContext } from "../contract/flow/flow-context.ts";
import { infoOf } from "../contract/session-info.ts";
import type { FreshSession } from "../state/live-session.ts";
import { traced } from "../util/diagnostics.ts";
import { abandonLogin } from "./abandon-login.ts";
import { checkLogin } from "./check-login.ts";
import type { FlowRun } from "./flow-run.ts";
import { isVendorsRefusal, loginInputsOf } from "./history/refusal.ts";
import { newSession } from "./new-session.ts";
import { runWithRetries } from "./retry.ts";
import { runLogout } from "./run-logout.ts";
import type { VendorClock } from "./vendor-clock.ts";

/** After the final failure it ends what was left open at the vendor. */
export function runLogin<Data, User>(run: FlowRun<Data, User>): Promise<FreshSession<Data, User>> {
  const { setup, account } = run;
  return traced(
    "login",
    { vendor: setup.flow.vendor, origin: setup.flow.baseUrl.origin, account },
    () => tryLogin(run),
    ({ record }) => infoOf(record),
  );
}

async function tryLogin<Data, User>(run: FlowRun<Data, User>): Promise<FreshSession<Data, User>> {
  const { setup, attempt, credentials } = run;
  const { flow, clock } = setup;
  const { account } = run;
  let late = false;
  const remember = async (error: unknown) => {
    if (error === attempt.notPrompted || credentials === undefined) return;
    // An aborted login that was not refused says nothing about the credentials.
    if ((attempt.closed.aborted || attempt.signal.aborted) && !isVendorsRefusal(error)) return;
    const { history, sent } = attempt;
    history.remember(error, await credentials.complete(), loginInputsOf(flow), sent, clock);
  };
  setup.emit({ type: "login_started", account });
  const login = async (context: FlowContext<Data, User>, vendorClock: VendorClock) => {
    return newSession(run, vendorClock, checkLogin(setup, "login", await flow.login(context)));
  };
  try {
    return await runWithRetries(run, login, (running) => {
      late = true;
      // The vendor may still open a session that nobody will use.
      const ended = running.then(
        (live) => runLogout(setup, live.record),
        (error: unknown) => remember(error).finally(() => abandonLogin(run)),
      );
      attempt.waitFor(ended);
    });
  } catch (error) {
    await remember(error);
    if (error !== attempt.notPrompted) reportFailure(run, error);
    if (!late) attempt.waitFor(abandonLogin(run));
    throw error;
  }
}

export function reportFailure<Data, User>({ setup, attempt, account }: FlowRun<Data, User>, error: unknown): void {
  if (attempt.closed.aborted || attempt.signal.aborted) return;
  attempt.history.noteFailure(error, setup.clock.now());
  setup.emit({ type: "login_failed", account: account || undefined, error, retryAt: attempt.history.retryAt(error) });
}

/** Returns `undefined` if the cookies hold no session. */
export function runResume<Data, User>(
  run: FlowRun<Data, User>,
  cookies: Readonly<Record<string, string>>,
): Promise<FreshSession<Data, User> | undefined> {
  const { flow } = run.setup;
  return runWithRetries(run, async (context, vendorClock) => {
    const login = await flow.resume?.(context, cookies);
    // A flow in plain JavaScript may return `null`.
    return login ? newSession(run, vendorClock, checkLogin(run.setup, "resume", login)) : undefined;
  });
}
