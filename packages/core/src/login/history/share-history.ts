import type { Lease } from "../../contract/session-store.ts";
import type { SessionSetup } from "../session-setup.ts";
import type { LoginHistory } from "./login-history.ts";
import { takeOver, toStoredHistory } from "./shared-history.ts";

/** Adds this process's history to the store's next write. Returns whether it changed. */
export async function prepareHistory<Data, User>(
  { repository, settings, clock }: SessionSetup<Data, User>,
  history: LoginHistory<Data, User>,
): Promise<boolean> {
  if (repository === undefined) return false;
  const before = repository.history;
  const after = await toStoredHistory(history, settings.loginBudget, history.adjust(clock));
  const isNews = JSON.stringify({ ...before, changedAt: 0 }) !== JSON.stringify({ ...after, changedAt: 0 });
  if (isNews) repository.history = after;
  history.stored = repository.history;
  history.isCleared = false;
  history.accepted = undefined;
  return isNews;
}

export async function writeHistory<Data, User>(
  setup: SessionSetup<Data, User>,
  history: LoginHistory<Data, User>,
  account: string,
  lease: Lease | undefined,
): Promise<void> {
  if (await prepareHistory(setup, history)) await setup.repository?.writeHistory(account, lease);
}

/** Reads and writes the history under the account's lock. */
export async function shareHistory<Data, User>(
  setup: SessionSetup<Data, User>,
  history: LoginHistory<Data, User>,
): Promise<void> {
  const { repository, flow } = setup;
  const { account } = history;
  if (repository === undefined || account === undefined) return;
  const { signal } = new AbortController();
  await repository.exclusive(account, signal, signal, async (lease) => {
    await repository.read(account);
    takeOver(history, repository.history, flow.vendor, setup.clock);
    await writeHistory(setup, history, account, lease);
  });
}
