import { type SessionRecord, sameSecret } from "../contract/session-record.ts";
import { LoginCredentials } from "./login-credentials.ts";
import { runLogout } from "./run-logout.ts";
import type { SessionSetup } from "./session-setup.ts";

/** Ends a session that came too late for anybody: in the store, if it got there, and at the vendor. */
export async function undoLogin<Data, User>(
  parts: SessionSetup<Data, User>,
  record: SessionRecord<Data, User>,
): Promise<void> {
  const { repository } = parts;
  const stored = await repository?.read(record.account);
  if (stored !== undefined && sameSecret(stored, record)) await repository?.remove(record.account);
  await runLogout(parts, record).catch(() => {});
}

/**
 * Forgets a session in the store, then ends it at the vendor.
 * @param closed whether the session is still signed out: what a new login stored meanwhile stays.
 * @param forgotten called between the two, with what was forgotten.
 * @throws the vendor's error, after forgetting.
 */
export async function forgetSession<Data, User>(
  parts: SessionSetup<Data, User>,
  record: SessionRecord<Data, User> | undefined,
  account: string | undefined,
  closed: () => boolean,
  forgotten: (latest: SessionRecord<Data, User> | undefined) => void,
): Promise<void> {
  const { repository } = parts;
  const doomed = record === undefined ? [] : [record];
  let unnamed: { readonly error: unknown } | undefined;
  if (repository !== undefined) {
    const asked = account === undefined ? new LoginCredentials(parts).given() : undefined;
    const named = await asked?.catch((error: unknown) => {
      // Under no name, nothing can be found in the store: that is said, as a session may be left in it.
      unnamed = { error };
    });
    const name = account ?? named?.username;
    // Whoever signed in again meanwhile keeps what is stored now.
    if (name !== undefined && closed()) {
      const stored = await repository.read(name);
      if (stored !== undefined && !doomed.some((one) => sameSecret(one, stored))) doomed.push(stored);
      await repository.remove(name);
    }
  }
  forgotten(doomed.at(-1));
  const answers = await Promise.allSettled(doomed.map((one) => runLogout(parts, one)));
  const bad = answers.find((answer) => answer.status === "rejected");
  if (bad !== undefined) throw bad.reason;
  if (unnamed !== undefined) throw unnamed.error;
}
