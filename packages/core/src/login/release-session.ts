import { type SessionRecord, sameSecret } from "../contract/session-record.ts";
import type { LoginHistory } from "./history/login-history.ts";
import { LoginCredentials } from "./login-credentials.ts";
import { runLogout } from "./run-logout.ts";
import type { SessionSetup } from "./session-setup.ts";

/** The sessions that a sign-out has forgotten here and in the store, and that are still open at the vendor. */
export interface Forgotten<Data, User> {
  readonly records: readonly SessionRecord<Data, User>[];
  /** Why the account is unknown. A session that cannot be found may still be in the store. */
  readonly unnamed?: { readonly error: unknown };
}

/**
 * Removes a session from the store. Never rejects.
 * @param record the session in memory.
 * @param account the user name, if it is known. Otherwise the credentials are asked for.
 * @param isClosed whether the session is still signed out. What a new login has stored meanwhile stays.
 */
export async function forgetSession<Data, User>(
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
 * Ends what a sign-out has forgotten at the vendor.
 * @param others what else has to settle first.
 */
export async function endForgotten<Data, User>(
  setup: SessionSetup<Data, User>,
  forgotten: Promise<Forgotten<Data, User>>,
  history: LoginHistory<Data, User>,
  others: () => Promise<unknown>,
): Promise<void> {
  const found = await forgotten;
  const latest = found.records.at(-1);
  if (latest !== undefined) history.spend(latest);
  await endSessions(setup, found).finally(others);
}

/**
 * Ends forgotten sessions at the vendor.
 * @throws the vendor's error, or why the account is unknown.
 */
async function endSessions<Data, User>(
  setup: SessionSetup<Data, User>,
  { records, unnamed }: Forgotten<Data, User>,
): Promise<void> {
  const answers = await Promise.allSettled(records.map((record) => runLogout(setup, record)));
  const bad = answers.find((answer) => answer.status === "rejected");
  if (bad !== undefined) throw bad.reason;
  if (unnamed !== undefined) throw unnamed.error;
}

/** Ends a session if no caller waits for its login any more: in the store, if it is stored, and at the vendor. */
export async function undoLogin<Data, User>(
  setup: SessionSetup<Data, User>,
  record: SessionRecord<Data, User>,
): Promise<void> {
  const { repository } = setup;
  const stored = await repository?.read(record.account);
  if (stored !== undefined && sameSecret(stored, record)) await repository?.remove(record.account);
  await runLogout(setup, record).catch(() => {});
}
