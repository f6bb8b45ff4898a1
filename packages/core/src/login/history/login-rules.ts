import type { Settings } from "../../contract/settings.ts";

/** Nothing is sent from `since` to `until` (ms since the epoch). `step` counts the doublings. */
export interface Pause {
  readonly since: number;
  readonly until: number;
  readonly step: number;
}

/** Calls rejected again after a login, and the resulting pause. */
export interface Unhelped extends Pause {
  /** Methods and paths, the latest last. */
  readonly calls: readonly string[];
}

/** `left` logins at a time (ms since the epoch). `renew()` can make it negative. */
interface Budget {
  readonly left: number;
  readonly at: number;
}

type BudgetSize = Settings["loginBudget"];

export interface LoginLimits {
  failed?: Pause | undefined;
  unhelped?: Unhelped | undefined;
  budget?: Budget | undefined;
}

export type LoginReason =
  /** There was no session before. */
  | { readonly kind: "first" }
  /** The session expired `lasted` ms after its login. */
  | { readonly kind: "ended"; readonly lasted: number }
  | { readonly kind: "login" }
  | { readonly kind: "renew" }
  /** The vendor rejected this method and path. `acceptedAt`: the last accepted call, in ms since the epoch. */
  | { readonly kind: "rejected"; readonly call: string; readonly acceptedAt: number | undefined };

type LimitCause = "call_refused" | "refused_at_once" | "ends_early";

/** `until` is in ms since the epoch. After a failed login there is no cause. */
export type Decision =
  | { readonly go: true }
  | { readonly go: false; readonly until: number; readonly cause?: LimitCause };

const GO: Decision = { go: true };

/** A session that lasts this long (ms) does not end early. */
const LASTED = 60_000;
/** A session with a call accepted this recently (ms) works. */
const IN_USE = 10_000;
/** How far the clocks of a fleet may differ, in ms. A later `since` was stored before a clock was set back. */
const CLOCK_SKEW = 120_000;
const MAX_CALLS = 64;

type DelayRange = Readonly<Record<"first" | "most", number>>;

/** In ms. `unhelped`: after logins that did not help. */
export const DELAYS: Readonly<Record<"failed" | "network" | "unhelped" | "unavailable", DelayRange>> = {
  failed: { first: 1_000, most: 300_000 },
  network: { first: 1_000, most: 30_000 },
  unhelped: { first: 15_000, most: 600_000 },
  unavailable: { first: 900_000, most: 86_400_000 },
};

export function doubling({ first, most }: DelayRange, step: number): number {
  return Math.min(most, first * 2 ** Math.min(step, 40));
}

/** Whether a pause is active. One that starts in the future is void. */
export function lasts({ since, until }: Pick<Pause, "since" | "until">, now: number): boolean {
  return now < until && since <= now + CLOCK_SKEW;
}

/** @param step how far the wall clock was set forward, in ms. */
export function shifted({ failed, unhelped, budget }: LoginLimits, step: number): LoginLimits {
  const move = <P extends Pause>(pause: P) => ({ ...pause, since: pause.since + step, until: pause.until + step });
  return {
    failed: failed && move(failed),
    unhelped: unhelped && move(unhelped),
    budget: budget && { ...budget, at: budget.at + step },
  };
}

/** Guarantee 17: decides whether a login may start now, and draws on the budget. */
export function mayLogin(limits: LoginLimits, reason: LoginReason, now: number, size: BudgetSize): Decision {
  const { failed, unhelped } = limits;
  if (failed !== undefined && lasts(failed, now)) return { go: false, until: failed.until };
  if (reason.kind === "first" || (reason.kind === "ended" && reason.lasted >= LASTED)) return GO;
  if (reason.kind === "rejected" && unhelped !== undefined) {
    const { call, acceptedAt } = reason;
    const known = unhelped.calls.includes(call);
    // The session works, so the rejection is about the call.
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

/** @param retryAfter the wait that the vendor asks for, in ms. */
export function pauseAfter(
  before: Pause | undefined,
  now: number,
  random: number,
  { network, retryAfter }: { readonly network: boolean; readonly retryAfter: number | undefined },
): Pause {
  const step = before === undefined ? 0 : before.step + 1;
  const delay = doubling(network ? DELAYS.network : DELAYS.failed, step) * (0.5 + random / 2);
  // After `Retry-After: 0` the normal delay still applies.
  return { since: now, until: now + (retryAfter || delay), step };
}

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
