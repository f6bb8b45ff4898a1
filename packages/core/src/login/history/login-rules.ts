import type { Settings } from "../../contract/settings.ts";

/** A pause: nothing is sent from `since` to `until` (ms since the epoch). `step` counts the doublings. */
export interface Pause {
  readonly since: number;
  readonly until: number;
  readonly step: number;
}

/** Logins that did not help: the calls that were rejected again, and the pause that this started. */
export interface Unhelped extends Pause {
  /** Method and path of each call, the latest last. */
  readonly calls: readonly string[];
}

/** The logins that are left, and when that was counted (ms since the epoch). It is below zero after `renew()`. */
interface Budget {
  readonly left: number;
  readonly at: number;
}

type BudgetSize = Settings["loginBudget"];

/** What the rules decide by. Absent parts have not been needed. */
export interface LoginLimits {
  failed?: Pause | undefined;
  unhelped?: Unhelped | undefined;
  budget?: Budget | undefined;
}

/** Why a login is to be made. */
export type LoginReason =
  /** There was no session before. */
  | { readonly kind: "first" }
  /** The session expired, `lasted` ms after its login. */
  | { readonly kind: "ended"; readonly lasted: number }
  /** `login()`. */
  | { readonly kind: "login" }
  /** `renew()`. */
  | { readonly kind: "renew" }
  /** The vendor rejected a call: its method and path, and when the session last had an accepted one. */
  | { readonly kind: "rejected"; readonly call: string; readonly acceptedAt: number | undefined };

/** Why logins are limited. */
type LimitCause = "call_refused" | "refused_at_once" | "ends_early";

/** A decision: log in, or wait until a time (ms since the epoch). After a failed login there is no cause. */
export type Decision =
  | { readonly go: true }
  | { readonly go: false; readonly until: number; readonly cause?: LimitCause };

const GO: Decision = { go: true };

/** A session that lasted this long ended as it should, in ms. */
const LASTED = 60_000;
/** A session with an accepted call in this time is in use, in ms. */
const IN_USE = 10_000;
/** How far the clocks of a fleet may differ, in ms. What is further in the future was remembered before a clock was set back. */
const CLOCK_SKEW = 120_000;
/** How many rejected calls are remembered. */
const MAX_CALLS = 64;

type DelayRange = Readonly<Record<"first" | "most", number>>;

/** The delays in ms: of failed logins, of logins that did not help, and of accounts that are unavailable. */
export const DELAYS: Readonly<Record<"failed" | "network" | "unhelped" | "unavailable", DelayRange>> = {
  failed: { first: 1_000, most: 300_000 },
  network: { first: 1_000, most: 30_000 },
  unhelped: { first: 15_000, most: 600_000 },
  unavailable: { first: 900_000, most: 86_400_000 },
};

/** A delay that doubles with each step, up to a limit, in ms. */
export function doubling({ first, most }: DelayRange, step: number): number {
  return Math.min(most, first * 2 ** Math.min(step, 40));
}

/** Whether a pause has not ended. One that starts in the future is void. */
export function lasts({ since, until }: Pick<Pause, "since" | "until">, now: number): boolean {
  return now < until && since <= now + CLOCK_SKEW;
}

/** The same limits after the wall clock was set forward by `step` ms. */
export function shifted({ failed, unhelped, budget }: LoginLimits, step: number): LoginLimits {
  const move = <P extends Pause>(pause: P) => ({ ...pause, since: pause.since + step, until: pause.until + step });
  return {
    failed: failed && move(failed),
    unhelped: unhelped && move(unhelped),
    budget: budget && { ...budget, at: budget.at + step },
  };
}

/** Guarantee 17: whether a login may be made now. It draws from the budget if the login costs one. */
export function mayLogin(limits: LoginLimits, reason: LoginReason, now: number, size: BudgetSize): Decision {
  const { failed, unhelped } = limits;
  if (failed !== undefined && lasts(failed, now)) return { go: false, until: failed.until };
  if (reason.kind === "first" || (reason.kind === "ended" && reason.lasted >= LASTED)) return GO;
  if (reason.kind === "rejected" && unhelped !== undefined) {
    const { call, acceptedAt } = reason;
    const known = unhelped.calls.includes(call);
    // The session is in use, so the rejection is about the call.
    if (known && acceptedAt !== undefined && Math.abs(now - acceptedAt) < IN_USE) {
      return { go: false, until: acceptedAt + IN_USE, cause: "call_refused" };
    }
    if (lasts(unhelped, now) && (known || acceptedAt === undefined)) {
      return { go: false, until: unhelped.until, cause: known ? "call_refused" : "refused_at_once" };
    }
  }
  const budget = refill(limits.budget, now, size);
  if (budget.left >= 1 || reason.kind === "renew") {
    limits.budget = { left: budget.left - 1, at: now };
    return GO;
  }
  const until = now + Math.ceil(((1 - budget.left) * 60_000) / size.perMinute);
  return { go: false, until, cause: causeOf(reason) };
}

export function refill(budget: Budget | undefined, now: number, { atOnce, perMinute }: BudgetSize): Budget {
  if (budget === undefined || budget.at > now + CLOCK_SKEW) return { left: atOnce, at: now };
  const earned = (Math.max(0, now - budget.at) * perMinute) / 60_000;
  return { left: Math.min(atOnce, Math.max(-atOnce, budget.left) + earned), at: now };
}

function causeOf(reason: LoginReason): LimitCause {
  if (reason.kind !== "rejected") return "ends_early";
  return reason.acceptedAt === undefined ? "refused_at_once" : "ends_early";
}

/** The pause after a failed login. `retryAfter` (ms) is what the vendor asks for. */
export function pauseAfter(
  before: Pause | undefined,
  now: number,
  random: number,
  { network, retryAfter }: { readonly network: boolean; readonly retryAfter: number | undefined },
): Pause {
  const step = before === undefined ? 0 : before.step + 1;
  const delay = doubling(network ? DELAYS.network : DELAYS.failed, step) * (0.5 + random / 2);
  // A vendor that asks for no wait at all is not asked again at once.
  return { since: now, until: now + (retryAfter || delay), step };
}

/** Records what became of a call that was sent again after a login. */
export function afterResend(
  before: Unhelped | undefined,
  call: string,
  result: "accepted" | "rejected" | "rejected_again",
  now: number,
): Unhelped | undefined {
  if (before === undefined && result === "accepted") return undefined;
  const { since, until, step, calls } = before ?? { since: 0, until: 0, step: 0, calls: [] };
  const others = calls.filter((one) => one !== call);
  if (result === "accepted") return { since: 0, until: 0, step: 0, calls: others };
  const all = [...others, call].slice(-MAX_CALLS);
  // The delay starts once per session.
  if (result === "rejected_again") return { since, until, step, calls: all };
  return { since: now, until: now + doubling(DELAYS.unhelped, step), step: step + 1, calls: all };
}
