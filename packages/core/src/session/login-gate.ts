import { isVmsError } from "../errors/is-vms-error.ts";
import { LoginLimited } from "../errors/login-limited.ts";
import type { LoginHistory } from "../login/history/login-history.ts";
import { afterResend, type Decision, type LoginReason, mayLogin } from "../login/history/login-rules.ts";
import { shareHistory } from "../login/history/share-history.ts";
import type { SessionSetup } from "../login/session-setup.ts";
import type { AttemptOptions } from "../login/shared-attempt.ts";
import type { LiveSession } from "../state/live-session.ts";

/** How often the store is read while no login is allowed, in ms. */
const LOOK_AGAIN = 1_000;

type Entry = Pick<AttemptOptions<never, never>, "recheck" | "onlyStored">;

// Shared, because there can be thousands of sessions.
const FIRST: LoginReason = Object.freeze({ kind: "first" });

/** Checks the rules before each login and records why the next one happens (guarantee 17). */
export class LoginGate<Data, User> {
  readonly #owner: SessionSetup<Data, User>;
  readonly history: LoginHistory<Data, User>;
  /** Why there is no session. */
  #reason: LoginReason = FIRST;
  /** When the store may be read again, in ms of elapsed time. */
  #nextLook: number | undefined;
  /** Set when a rejected call was allowed to cause the next login. */
  #approved: LoginReason | undefined;

  constructor(owner: SessionSetup<Data, User>, history: LoginHistory<Data, User>) {
    this.#owner = owner;
    this.history = history;
  }

  expired({ record }: LiveSession<Data, User>): void {
    this.#reason = { kind: "ended", lasted: this.#owner.clock.now() - record.issuedAt };
  }

  passed(): void {
    this.#reason = FIRST;
    this.#approved = undefined;
  }

  /**
   * Checks whether a login may start now.
   * @param explicit the method that causes it, unless it is a call.
   * @returns `recheck`: checks again once the store's history is known. `onlyStored`: why only a stored session may be
   * used.
   * @throws the error of a refusal, the last login's error during the pause after it, or `login_limited`.
   */
  enter(explicit?: "login" | "renew"): Entry {
    const approved = explicit === "renew" ? undefined : this.#approved;
    // It allows one login: after a failure, the pause applies.
    this.#approved = undefined;
    // A program fault causes no pause, but the credentials may have been sent.
    const first: LoginReason = this.history.fault === undefined ? this.#reason : { kind: "login" };
    const reason = approved ?? (explicit === undefined ? first : { kind: explicit });
    try {
      const refusal = this.history.finalRefusal(this.#now());
      if (refusal !== undefined) throw refusal;
      if (approved === undefined) this.#ask(this.history, reason);
    } catch (held) {
      // Another process may have signed in since.
      if (explicit === "renew" || !this.#mayLook()) throw held;
      return { onlyStored: held };
    }
    return { recheck: () => this.#recheck(reason) };
  }

  #now(): number {
    return this.history.adjust(this.#owner.clock);
  }

  #mayLook(): boolean {
    const { repository, clock } = this.#owner;
    const now = clock.elapsed();
    if (repository === undefined || now < (this.#nextLook ?? now)) return false;
    this.#nextLook = now + LOOK_AGAIN;
    return true;
  }

  mayRenew({ record }: LiveSession<Data, User>): boolean {
    const now = this.#now();
    if (this.history.finalRefusal(now) !== undefined) return false;
    const reason: LoginReason = { kind: "ended", lasted: now - record.issuedAt };
    return mayLogin(this.history, reason, now, this.#owner.settings.loginBudget).go;
  }

  /** @param current the live session if it has the rejected credential. A login replaces it, if the rules allow one. */
  mayResend(
    sent: LiveSession<Data, User>,
    current: LiveSession<Data, User> | undefined,
    call: string,
    rejections: number,
  ): boolean {
    // Guarantee 3. Another process's session may be dead as well, so its first rejection says nothing about the call.
    if (rejections > 1 || (rejections === 1 && !(sent.adopted && sent.acceptedAt === undefined))) {
      this.#didNotHelp(sent, call);
      return false;
    }
    return current === undefined || this.#mayReplace(current, call);
  }

  helped(call: string): void {
    const history = this.history;
    const now = this.#now();
    history.unhelped = afterResend(history.unhelped, call, "accepted", now);
  }

  // An allowed login needs no further permission.
  #mayReplace({ acceptedAt }: LiveSession<Data, User>, call: string): boolean {
    const { clock, settings } = this.#owner;
    const now = this.#now();
    const ago = acceptedAt === undefined ? undefined : Math.round(clock.elapsed() - acceptedAt);
    const reason: LoginReason = { kind: "rejected", call, acceptedAt: ago === undefined ? undefined : now - ago };
    const decision = mayLogin(this.history, reason, now, settings.loginBudget);
    if (decision.go) this.#approved = reason;
    else this.#report(decision);
    return decision.go;
  }

  #didNotHelp(live: LiveSession<Data, User>, call: string): void {
    const history = this.history;
    const isFirst = !live.unhelpful;
    live.unhelpful = true;
    const result = isFirst ? "rejected" : "rejected_again";
    const now = this.#now();
    history.unhelped = afterResend(history.unhelped, call, result, now);
    if (isFirst) shareHistory(this.#owner, history).catch(() => {});
  }

  // The fleet's limits may be stricter. This process's own budget was already charged.
  #recheck(reason: LoginReason): void {
    const now = this.#now();
    const { stored, failed, unhelped } = this.history;
    if (stored === undefined) return;
    const unlimited = { left: Number.MAX_SAFE_INTEGER, at: now };
    this.#ask(stored.budget === undefined ? { failed, unhelped, budget: unlimited } : this.history, reason);
  }

  #ask(limits: Parameters<typeof mayLogin>[0], reason: LoginReason): void {
    const now = this.#now();
    const decision = mayLogin(limits, reason, now, this.#owner.settings.loginBudget);
    if (!decision.go) throw this.#error(decision, now);
  }

  #report(decision: Decision): void {
    if (decision.go || decision.cause === undefined) return;
    this.#owner.emit({ type: "login_limited", cause: decision.cause, retryAt: decision.until });
  }

  #error(decision: Decision & { readonly go: false }, now: number): unknown {
    const retryAfter = Math.max(0, Math.ceil(decision.until - now));
    const { failure, fault } = this.history;
    if (decision.cause !== undefined && fault !== undefined) return fault.error;
    if (decision.cause === undefined && isVmsError(failure)) return Object.assign(failure, { retryAfter });
    this.#report(decision);
    return new LoginLimited(this.#owner.flow.vendor, "the session has signed in too often.", { retryAfter });
  }
}
