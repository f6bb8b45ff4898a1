import type { Credentials } from "../../contract/credentials.ts";
import type { Settings } from "../../contract/settings.ts";
import type { StoredHistory, StoredRefusal } from "../../contract/stored-history.ts";
import type { Clock } from "../../util/clock.ts";
import { digestOf, makeSalt } from "./credentials-digest.ts";
import type { LoginHistory } from "./login-history.ts";
import { lasts } from "./login-rules.ts";
import { isActive } from "./refusal.ts";
import { fromStoredError, toStoredError } from "./stored-error.ts";

/** Merges the history of other processes. `undefined`, as after a failed read, changes nothing. */
export function takeOver<Data, User>(
  history: LoginHistory<Data, User>,
  stored: StoredHistory | undefined,
  vendor: string,
  clock: Clock,
): void {
  const now = history.adjust(clock);
  history.stored = stored;
  if (stored === undefined) return;
  const { failed, unhelped, budget, wrongCodes = 0 } = stored;
  // A future start was stored before a clock was set back.
  const isValid = failed !== undefined && lasts({ ...failed, until: Number.POSITIVE_INFINITY }, now);
  if (isValid && failed.until > (history.failed?.until ?? 0)) {
    const { since, until, step } = failed;
    history.failed = { since, until, step };
    history.failure = fromStoredError(vendor, failed.error);
  }
  if (unhelped !== undefined) {
    const own = history.unhelped ?? unhelped;
    history.unhelped = {
      ...(own.until > unhelped.until ? own : unhelped),
      step: Math.max(own.step, unhelped.step),
      calls: [...new Set([...unhelped.calls, ...own.calls])].slice(-64),
    };
  }
  if (budget !== undefined) history.budget = budget;
  if (!history.isCleared && history.accepted === undefined)
    history.wrongCodes = Math.max(history.wrongCodes, wrongCodes);
}

/**
 * Guarantee 10.
 * @throws the refusal of the same login in another process.
 */
export async function throwIfRefusedElsewhere<Data, User>(
  history: LoginHistory<Data, User>,
  login: { readonly vendor: string; readonly credentials: Credentials; readonly inputs: string },
  now: number,
): Promise<void> {
  const { salt, refusals = [] } = history.stored ?? {};
  if (salt === undefined || refusals.length === 0 || history.isCleared) return;
  const digest = await digestOf(login.credentials, login.inputs, salt);
  const found = refusals.find((refusal) => refusal.digest === digest);
  if (found === undefined || history.isForgiven(login.credentials, login.inputs, found.since)) return;
  const error = history.adopt({
    error: fromStoredError(login.vendor, found.error),
    credentials: login.credentials,
    inputs: login.inputs,
    since: found.since,
    until: found.until,
    step: found.step,
    isShared: true,
  });
  // An expired refusal only sets the length of the next one.
  if (isActive(found, now)) throw error;
}

/**
 * How long other credentials stay refused after an accepted login, in ms, because another process may still use them.
 */
const STALE = 86_400_000;

/** Omits the refusal of a login accepted since. */
async function stillRefused<Data, User>(
  { accepted }: LoginHistory<Data, User>,
  { salt, refusals = [] }: Partial<StoredHistory>,
  now: number,
): Promise<readonly StoredRefusal[]> {
  if (accepted === undefined || salt === undefined || refusals.length === 0) return refusals;
  const digest = await digestOf(accepted.credentials, accepted.inputs, salt);
  const others = refusals.filter((refusal) => refusal.digest !== digest && isActive(refusal, now));
  return others.map((refusal) => ({
    ...refusal,
    until: Math.min(refusal.until ?? Number.POSITIVE_INFINITY, now + STALE),
  }));
}

/** Returns `undefined` if there is nothing to share. */
export async function toStoredHistory<Data, User>(
  history: LoginHistory<Data, User>,
  budget: Settings["loginBudget"],
  now: number,
): Promise<StoredHistory | undefined> {
  const { stored, failed, failure, unhelped, wrongCodes } = history;
  const {
    salt: known,
    refusals: _,
    failed: __,
    unhelped: ___,
    budget: ____,
    wrongCodes: _____,
    ...later
  } = stored ?? {};
  const shared = history.sharedRefusals;
  const before = history.isCleared ? [] : await stillRefused(history, stored ?? {}, now);
  const salt = known ?? (shared.length === 0 ? undefined : makeSalt());
  const ours: StoredRefusal[] = [];
  for (const { credentials, inputs, error, since, until, step } of salt === undefined ? [] : shared) {
    const digest = await digestOf(credentials, inputs, salt as string);
    ours.push({ digest, since, step, error: toStoredError(error), ...(until === undefined ? {} : { until }) });
  }
  const refusals = [...before.filter(({ digest }) => !ours.some((one) => one.digest === digest)), ...ours].slice(-16);
  const pause = failed !== undefined && history.isFailureShared && failure !== undefined && now < failed.until;
  // A single login drawn from the budget is not worth storing.
  const isDrawn = history.budget !== undefined && history.budget.left < budget.atOnce - 1;
  const parts = {
    ...(refusals.length === 0 ? {} : { salt: salt as string, refusals }),
    ...(pause ? { failed: { ...failed, error: toStoredError(failure) } } : {}),
    ...(unhelped === undefined ? {} : { unhelped }),
    ...(isDrawn ? { budget: history.budget } : {}),
    ...(wrongCodes > 0 ? { wrongCodes } : {}),
  };
  const isEmpty =
    Object.keys(parts).length === 0 && Object.keys(later).every((key) => key === "version" || key === "changedAt");
  return isEmpty ? undefined : ({ ...later, version: 1, changedAt: now, ...parts } as StoredHistory);
}
