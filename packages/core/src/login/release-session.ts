import { areConstant } from "../contract/credentials.ts";
import { infoOf } from "../contract/session-info.ts";
import { type SessionRecord, sameSecret } from "../contract/session-record.ts";
import { noneInFlight } from "../state/calls-in-flight.ts";
import { type LiveSession, mustRenew } from "../state/live-session.ts";
import { saveUse } from "../store/save-use.ts";
import type { SessionRepository } from "../store/session-repository.ts";
import type { LoginHistory } from "./history/login-history.ts";
import { LoginCredentials } from "./login-credentials.ts";
import { runLogout } from "./run-logout.ts";
import type { SessionSetup } from "./session-setup.ts";
import type { SharedAttempt } from "./shared-attempt.ts";

/** Sessions removed here and from the store, but still open at the vendor. */
interface Forgotten<Data, User> {
  readonly records: readonly SessionRecord<Data, User>[];
  /** Set if the account is unknown. Its session may still be in the store. */
  readonly unnamed?: { readonly error: unknown };
}

/**
 * Never rejects.
 * @param account Default: taken from the credentials.
 * @param isClosed whether the session is still signed out. Otherwise the stored session of a newer login stays.
 */
async function forgetSession<Data, User>(
  setup: SessionSetup<Data, User>,
  record: SessionRecord<Data, User> | undefined,
  account: string | undefined,
  isClosed: () => boolean,
): Promise<Forgotten<Data, User>> {
  const { repository } = setup;
  const records = record === undefined ? [] : [record];
  if (repository === undefined) return { records };
  let name = account;
  try {
    name ??= (await new LoginCredentials(setup).given()).username;
  } catch (error) {
    return { records, unnamed: { error } };
  }
  if (!isClosed()) return { records };
  const stored = await repository.read(name);
  await repository.remove(name);
  const isOther = stored !== undefined && (record === undefined || !sameSecret(record, stored));
  return { records: isOther ? [...records, stored] : records };
}

/**
 * @param last resolves to the first record after its last calls.
 * @param others waits for everything else that must settle.
 */
async function endForgotten<Data, User>(
  setup: SessionSetup<Data, User>,
  forgotten: Promise<Forgotten<Data, User>>,
  last: Promise<SessionRecord<Data, User>> | undefined,
  history: LoginHistory<Data, User>,
  others: () => Promise<unknown>,
): Promise<void> {
  const found = await forgotten;
  const latest = found.records.at(-1);
  if (latest !== undefined) history.spend(latest);
  const records = last === undefined ? found.records : [await last, ...found.records.slice(1)];
  await endSessions(setup, { ...found, records }).finally(others);
}

async function endSessions<Data, User>(
  setup: SessionSetup<Data, User>,
  { records, unnamed }: Forgotten<Data, User>,
): Promise<void> {
  const answers = await Promise.allSettled(records.map((record) => runLogout(setup, record)));
  const bad = answers.find((answer) => answer.status === "rejected");
  if (bad !== undefined) throw bad.reason;
  if (unnamed !== undefined) throw unnamed.error;
}

export interface Leaving<Data, User> {
  readonly live: LiveSession<Data, User> | undefined;
  readonly history: LoginHistory<Data, User>;
  readonly attempt: SharedAttempt<Data, User> | undefined;
  /** The cleanup after the last failed login. */
  readonly abandoning: Promise<unknown> | undefined;
}

/**
 * Signs out in memory, in the store, then at the vendor.
 * @param isClosed whether the session is still signed out.
 * @returns `over` rejects with the vendor's error. `free` settles when the next login may start.
 */
export function signOut<Data, User>(
  setup: SessionSetup<Data, User>,
  { live, history, attempt, abandoning }: Leaving<Data, User>,
  isClosed: () => boolean,
): { readonly over: Promise<void>; readonly free: Promise<unknown> } {
  const record = live?.record;
  const info = record && infoOf(record);
  const { account = history.account } = history.last ?? {};
  if (history.last !== undefined) history.spend(history.last);
  history.last = undefined;
  // The next login does not wait for a user name that has to be requested.
  const waits = account !== undefined || areConstant(setup.settings.credentials);
  // Each response replaces the token, so it is invalid while a call is in flight.
  const last = live !== undefined && setup.flow.exclusive ? lastRecord(setup, live) : undefined;
  const forgotten = forgetSession(setup, record, account, () => waits || isClosed());
  const over = endForgotten(setup, forgotten, last, history, () => Promise.all([attempt?.settled, abandoning]));
  over.then(
    () => setup.emit({ type: "logout", info }),
    (error: unknown) => setup.emit({ type: "logout", info, error }),
  );
  // Guarantee 1: the next login waits for the store and for a dropped login.
  return { over, free: Promise.all([waits ? forgotten : undefined, attempt?.settled]) };
}

/** Closes the session object. The session stays in the store, with its last use. */
export async function letGo<Data, User>(
  repository: SessionRepository<Data, User>,
  { live, attempt, abandoning }: Leaving<Data, User>,
): Promise<void> {
  const isNews = live !== undefined && (!live.stored || live.idleTimeout !== undefined);
  await Promise.all([attempt?.settled, abandoning, isNews && saveUse(repository, live, live.usedAt)]);
}

/** The longest wait for the headers of the last calls, in ms. */
const LAST_CALLS = 60_000;

export function lastCalls<Data, User>(
  { clock }: Pick<SessionSetup<Data, User>, "clock">,
  { lineage }: LiveSession<Data, User>,
): Promise<void> {
  return noneInFlight(lineage, clock, LAST_CALLS);
}

/** The responses to the last calls may rotate the record. */
async function lastRecord<Data, User>(
  setup: SessionSetup<Data, User>,
  live: LiveSession<Data, User>,
): Promise<SessionRecord<Data, User>> {
  let { record } = live;
  live.lineage.onRotated = (data) => {
    record = { ...record, data: data as Data };
  };
  await lastCalls(setup, live);
  return record;
}

/**
 * Guarantee 18: ends a replaced or rejected session at the vendor, unless a store shares it with other processes. Never
 * rejects.
 */
export async function endReplaced<Data, User>(
  setup: SessionSetup<Data, User>,
  replaced: LiveSession<Data, User> | undefined,
  by: LiveSession<Data, User> | undefined,
): Promise<void> {
  const { flow, clock, repository } = setup;
  if (replaced === undefined || repository !== undefined || flow.endsPrevious || flow.logout === undefined) return;
  // Some vendors return the same session again or extend it.
  if (replaced.lineage === by?.lineage || (by !== undefined && sameSecret(replaced.record, by.record))) return;
  if (mustRenew(replaced, clock.now())) return;
  await runLogout(setup, await lastRecord(setup, replaced)).catch(() => {});
}

/** Ends the session of a login without callers, also in the store. */
export async function undoLogin<Data, User>(
  setup: SessionSetup<Data, User>,
  record: SessionRecord<Data, User>,
): Promise<void> {
  const { repository } = setup;
  const stored = await repository?.read(record.account);
  if (stored !== undefined && sameSecret(stored, record)) await repository?.remove(record.account);
  await runLogout(setup, record).catch(() => {});
}
