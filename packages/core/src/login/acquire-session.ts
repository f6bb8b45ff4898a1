import type { Credentials } from "../contract/credentials.ts";
import { infoOf } from "../contract/session-info.ts";
import { isExtendable, type SessionRecord, sameSecret } from "../contract/session-record.ts";
import { isVmsError } from "../errors/is-vms-error.ts";
import { callsInFlight } from "../state/calls-in-flight.ts";
import type { FreshSession, LiveSession } from "../state/live-session.ts";
import { RETRY_SAVE_AFTER } from "../store/save-use.ts";
import { traced } from "../util/diagnostics.ts";
import { orAbort } from "../util/wait.ts";
import { adoptStoredSession } from "./adopt-stored-session.ts";
import type { FlowRun } from "./flow-run.ts";
import { loginInputsOf } from "./history/refusal.ts";
import { prepareHistory, writeHistory } from "./history/share-history.ts";
import { takeOver, throwIfRefusedElsewhere } from "./history/shared-history.ts";
import { LoginCredentials } from "./login-credentials.ts";
import { endExtension, runExtend } from "./run-extend.ts";
import { reportFailure, runLogin, runResume } from "./run-login.ts";
import type { SessionSetup } from "./session-setup.ts";
import type { SharedAttempt } from "./shared-attempt.ts";
import { lockOrSession } from "./wait-for-turn.ts";

export interface Acquired<Data, User> {
  readonly live: FreshSession<Data, User>;
  readonly by: "login" | "extend" | "store" | "cookies";
}

/** Extends the live session, adopts a stored or given one, or signs in, in that order. */
export function acquireSession<Data, User>(
  setup: SessionSetup<Data, User>,
  attempt: SharedAttempt<Data, User>,
): Promise<Acquired<Data, User>> {
  if (!attempt.background) return acquire(setup, attempt);
  const { last } = attempt.history;
  return traced(
    "renewal",
    { vendor: setup.flow.vendor, origin: setup.flow.baseUrl.origin, account: last?.account },
    () => acquire(setup, attempt),
    ({ live, by }) => ({ ...infoOf(live.record), by }),
  );
}

async function acquire<Data, User>(
  setup: SessionSetup<Data, User>,
  attempt: SharedAttempt<Data, User>,
): Promise<Acquired<Data, User>> {
  const { signal, closed, history } = attempt;
  const { last } = history;
  const credentials = new LoginCredentials(setup);
  const run = {
    setup,
    attempt,
    account: last?.account ?? "",
    signal,
    credentials,
    previous: last,
    draft: {},
  };
  if (attempt.after !== undefined) await orAbort(attempt.after, signal);
  const extended = attempt.extend === undefined ? undefined : await extendFirst(run, attempt.extend);
  if (extended !== undefined) return extended;

  const { username, password } = await orReport(run, credentials.given());
  history.account = username;
  const { repository } = setup;
  // Without the lock, a warm start is one read. A stored session also helps after a refusal.
  const look = async () => {
    const adopted = attempt.mayAdopt ? adopt(setup, attempt, await repository?.read(username)) : undefined;
    repository?.throwIfUnusable();
    if (adopted !== undefined) return adopted;
    if (attempt.onlyStored !== undefined) throw attempt.onlyStored;
    if (typeof password === "string") throwIfRefused(run, { username, password });
    return undefined;
  };
  const report = (error: unknown) => reportFailure(run, error);
  return lockOrSession(setup, username, { signal, closed, report, isLimited: true }, look, async (lease) => {
    if (repository === undefined) return signIn({ ...run, account: username }, undefined);
    closed.throwIfAborted();
    // The previous holder of the lock may have signed in.
    const stored = await repository.read(username);
    repository.throwIfUnusable();
    takeOver(history, repository.history, setup.flow.vendor, setup.clock);
    const fresh = adopt(setup, attempt, stored);
    if (fresh !== undefined) return fresh;
    const extended = mayExtend(run, stored)
      ? await tryExtend({ ...run, lease }, { record: stored, lineage: callsInFlight() })
      : undefined;
    if (extended !== undefined) return extended;
    recheck(attempt);
    // A login continues after the lock is lost, because its requests must not be sent twice.
    try {
      return await signIn({ ...run, account: username, lease }, stored);
    } catch (error) {
      await writeHistory(setup, history, username, lease);
      throw error;
    }
  });
}

function recheck<Data, User>(attempt: SharedAttempt<Data, User>): void {
  try {
    attempt.recheck?.();
  } catch (error) {
    attempt.held = error;
    throw error;
  }
}

/**
 * Extends the session before any credentials are requested. A refresh token may work only once, so it runs under the
 * lock: a session that another process has extended is adopted or extended again.
 * @returns `undefined` if the vendor refuses or the session has ended meanwhile.
 */
async function extendFirst<Data, User>(
  run: FlowRun<Data, User>,
  session: LiveSession<Data, User>,
): Promise<Acquired<Data, User> | undefined> {
  const { setup, attempt, signal } = run;
  const { account } = session.record;
  const { repository } = setup;
  const { closed } = attempt;
  const look = async () => adopt(setup, attempt, await repository?.read(account));
  const report = () => {};
  return lockOrSession(setup, account, { signal, closed, report, isLimited: false }, look, async (lease) => {
    const stored = await repository?.read(account);
    const fresh = adopt(setup, attempt, stored);
    if (fresh !== undefined) return fresh;
    if (attempt.extend === undefined) return undefined;
    const isNewer = mayExtend(run, stored) && stored.issuedAt > session.record.issuedAt;
    const record = isNewer ? stored : session.record;
    return tryExtend({ ...run, lease }, { record, lineage: session.lineage }, () => attempt.extend !== undefined);
  });
}

function mayExtend<Data, User>(
  { setup, attempt }: FlowRun<Data, User>,
  stored: SessionRecord<Data, User> | undefined,
): stored is SessionRecord<Data, User> {
  const { flow, clock } = setup;
  if (flow.extend === undefined || stored === undefined || !attempt.mayAdopt) return false;
  if (attempt.history.isSpent(stored)) return false;
  if (attempt.notExtended !== undefined && sameSecret(attempt.notExtended, stored)) return false;
  const now = clock.now();
  return isExtendable(stored, now) || now < (stored.expiresAt ?? 0);
}

/** @param isWanted whether the session is still in use. */
async function tryExtend<Data, User>(
  run: FlowRun<Data, User>,
  session: Pick<LiveSession<Data, User>, "record" | "lineage">,
  isWanted: () => boolean = () => true,
): Promise<Acquired<Data, User> | undefined> {
  const { attempt } = run;
  const { record } = session;
  attempt.notExtended = record;
  try {
    const live = await runExtend({ ...run, account: record.account, previous: record }, session);
    if (live !== undefined) {
      if (attempt.dropped || isWanted()) return await save(run, live, "extend");
      attempt.waitFor(endExtension(run, session, live));
      return undefined;
    }
  } catch (error) {
    run.signal.throwIfAborted();
    // A login can succeed after a failed extension, unless the `fetch` itself is broken.
    if (attempt.isFetchAtFault) throw error;
    if (isVmsError(error) && error.retryable) return undefined;
  }
  attempt.extend = undefined;
  // A refused refresh token stays refused. Any other way to extend a live session may work next time.
  if (!attempt.background || record.extendableUntil !== undefined) attempt.history.spend(record);
  return undefined;
}

function adopt<Data, User>(
  setup: SessionSetup<Data, User>,
  { mayAdopt, history }: SharedAttempt<Data, User>,
  stored: SessionRecord<Data, User> | undefined,
): Acquired<Data, User> | undefined {
  if (stored === undefined || !mayAdopt || history.isSpent(stored)) return undefined;
  const live = adoptStoredSession(setup, stored);
  return live && { live, by: "store" };
}

async function signIn<Data, User>(
  run: FlowRun<Data, User> & { readonly credentials: LoginCredentials<Data, User> },
  stored: SessionRecord<Data, User> | undefined,
): Promise<Acquired<Data, User>> {
  const { attempt, credentials } = run;
  const { history } = attempt;
  // Data such as a trusted device outlives a session and also helps a login that must not adopt it.
  const current = { ...run, previous: stored === undefined ? run.previous : newest(run.previous, stored) };
  const cookies = attempt.mayAdopt ? history.takeCookies() : undefined;
  if (cookies !== undefined) {
    const live = await runResume({ ...current, signal: attempt.signal }, cookies);
    if (live !== undefined) return save(run, live, "cookies");
  }
  attempt.closed.throwIfAborted();
  const complete = await orReport(run, credentials.complete());
  throwIfRefused(run, complete);
  const { flow, clock } = run.setup;
  const login = { vendor: flow.vendor, credentials: complete, inputs: loginInputsOf(flow) };
  await orReport(run, throwIfRefusedElsewhere(history, login, clock.now()));
  const live = await runLogin(current);
  history.succeeded(clock.now());
  if (run.setup.repository !== undefined) history.accepted = { credentials: complete, inputs: login.inputs };
  return save(run, live, "login");
}

function orReport<Data, User, T>(run: FlowRun<Data, User>, needed: Promise<T>): Promise<T> {
  return orAbort(needed, run.signal).catch((error: unknown) => {
    reportFailure(run, error);
    throw error;
  });
}

function throwIfRefused<Data, User>({ setup, attempt }: FlowRun<Data, User>, credentials: Credentials): void {
  attempt.history.throwIfRefused(credentials, loginInputsOf(setup.flow), setup.clock.now());
}

/** Stores a session that is still wanted. If the store fails, a later use saves it. */
async function save<Data, User>(
  { setup, attempt, lease }: FlowRun<Data, User>,
  live: FreshSession<Data, User>,
  by: Acquired<Data, User>["by"],
): Promise<Acquired<Data, User>> {
  const { repository, clock } = setup;
  if (repository === undefined || attempt.dropped) return { live, by };
  await prepareHistory(setup, attempt.history);
  if (!(await repository.write(live.record, lease))) {
    live.stored = false;
    live.saveFrom = clock.now() + RETRY_SAVE_AFTER;
  }
  return { live, by };
}

/** Another process may have signed in since. */
function newest<R extends SessionRecord>(one: R | undefined, other: R): R {
  return one === undefined || other.issuedAt > one.issuedAt ? other : one;
}
