import type { SessionEvent } from "../contract/events/session-events.ts";
import type { Flow } from "../contract/flow.ts";
import type { Settings } from "../contract/settings.ts";
import { isVmsError } from "../errors/is-vms-error.ts";
import { LoginLimited } from "../errors/login-limited.ts";
import type { LoginHistory } from "../login/history/login-history.ts";
import { afterResend, type Decision, type LoginReason, mayLogin } from "../login/history/login-rules.ts";
import type { LiveSession } from "../state/live-session.ts";
import type { Clock } from "../util/clock.ts";

/** What a gate belongs to. */
interface GateOwner<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  emit(event: SessionEvent<User>): void;
}

/** Guarantee 17: asks the rules before each login, and remembers why the next one is made. */
export class LoginGate<Data, User> {
  readonly #owner: GateOwner<Data, User>;
  readonly #history: LoginHistory<Data, User>;
  /** Why there is no session. `undefined`: the next login was allowed when the vendor rejected a call. */
  #reason: LoginReason | undefined = { kind: "first" };

  constructor(owner: GateOwner<Data, User>, history: LoginHistory<Data, User>) {
    this.#owner = owner;
    this.#history = history;
  }

  /** The session has expired. */
  expired({ record }: LiveSession<Data, User>): void {
    this.#reason = { kind: "ended", lasted: this.#owner.clock.now() - record.issuedAt };
  }

  /** A session was acquired. */
  passed(): void {
    this.#reason = { kind: "first" };
  }

  /**
   * Asks whether a login may be made now.
   * @param explicit whether `login()` or `renew()` causes it, not a call.
   * @throws the error of the last login during the pause after it, else `login_limited`.
   */
  enter(explicit?: "login" | "renew"): void {
    const { clock, settings } = this.#owner;
    const now = clock.now();
    const refusal = explicit === "renew" ? undefined : this.#history.finalRefusal(now);
    if (refusal !== undefined) throw refusal;
    const reason =
      explicit === undefined || (explicit === "login" && this.#reason === undefined)
        ? this.#reason
        : { kind: explicit };
    if (reason === undefined) return;
    const decision = mayLogin(this.#history, reason, now, settings.loginBudget);
    if (!decision.go) throw this.#error(decision, now);
  }

  /** Whether a renewal in the background may begin now. */
  mayRenew({ record }: LiveSession<Data, User>, now: number): boolean {
    if (this.#history.finalRefusal(now) !== undefined) return false;
    const reason: LoginReason = { kind: "ended", lasted: now - record.issuedAt };
    return mayLogin(this.#history, reason, now, this.#owner.settings.loginBudget).go;
  }

  /**
   * Whether a rejected call may be sent again with another session.
   * @param current the live session, if it has the rejected credential. It is replaced by a login, if the rules allow one.
   */
  mayResend(
    sent: LiveSession<Data, User>,
    current: LiveSession<Data, User> | undefined,
    call: string,
    resent: boolean,
  ): boolean {
    // A session of another process may be dead as well, so its first rejection says nothing about the call.
    if (resent && !(sent.adopted && sent.acceptedAt === undefined)) {
      this.#didNotHelp(sent, call);
      return false;
    }
    return current === undefined || this.#mayReplace(current, call);
  }

  /** A call was accepted. `live` is the current session. `call`: it was sent again. */
  accepted(sent: LiveSession<Data, User>, live: LiveSession<Data, User> | undefined, call: string | undefined): void {
    const history = this.#history;
    const now = this.#owner.clock.now();
    sent.acceptedAt = now;
    // A rotated or extended session goes on from the one that the call was sent with.
    if (live?.lineage === sent.lineage) live.acceptedAt = now;
    if (call !== undefined) history.unhelped = afterResend(history.unhelped, call, "accepted", now);
  }

  // If a login is allowed, it needs no further permission.
  #mayReplace({ acceptedAt }: LiveSession<Data, User>, call: string): boolean {
    const { clock, settings } = this.#owner;
    const now = clock.now();
    const decision = mayLogin(this.#history, { kind: "rejected", call, acceptedAt }, now, settings.loginBudget);
    if (decision.go) this.#reason = undefined;
    else this.#report(decision);
    return decision.go;
  }

  #didNotHelp(live: LiveSession<Data, User>, call: string): void {
    const history = this.#history;
    const result = live.unhelpful ? "rejected_again" : "rejected";
    live.unhelpful = true;
    history.unhelped = afterResend(history.unhelped, call, result, this.#owner.clock.now());
  }

  #report(decision: Decision): void {
    if (decision.go || decision.cause === undefined) return;
    this.#owner.emit({ type: "login_limited", cause: decision.cause, retryAt: decision.until });
  }

  #error(decision: Decision & { readonly go: false }, now: number): unknown {
    const retryAfter = Math.max(0, Math.ceil(decision.until - now));
    const { failure } = this.#history;
    if (decision.cause === undefined && isVmsError(failure)) return Object.assign(failure, { retryAfter });
    this.#report(decision);
    return new LoginLimited(this.#owner.flow.vendor, "the session has signed in too often.", { retryAfter });
  }
}
