import type { KyInstance } from "ky";
import type { SessionHealth } from "../contract/events/session-health.ts";
import type { Flow } from "../contract/flow/flow.ts";
import { infoOf } from "../contract/session-info.ts";
import { isExtendable, sameSecret } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { closedError } from "../errors/session-closed.ts";
import { type Acquired, acquireSession } from "../login/acquire-session.ts";
import { KeptHistory } from "../login/history/kept-history.ts";
import { endReplaced, type Leaving, lastCalls, undoLogin } from "../login/release-session.ts";
import { type AttemptOptions, SharedAttempt } from "../login/shared-attempt.ts";
import type { Engine } from "../state/engine.ts";
import { type LiveSession, mustRenew, noteUse, shouldRenew, useUntilRejected } from "../state/live-session.ts";
import { NEVER, postponeIfDue, postponeRenewal } from "../state/renewal-time.ts";
import { rotateSession } from "../state/rotate-session.ts";
import { saveUse } from "../store/save-use.ts";
import { SessionRepository } from "../store/session-repository.ts";
import { isCancellation } from "../util/cancellation.ts";
import type { Clock } from "../util/clock.ts";
import { Turns } from "../util/turns.ts";
import { orAbort } from "../util/wait.ts";
import { EventEmitter } from "./event-emitter.ts";
import { LoginGate } from "./login-gate.ts";
import { healthOf } from "./session-health.ts";
import { CLOSED, type Live, type SessionState, SIGNED_OUT } from "./session-state.ts";

/** Decides when a session signs in, renews and signs out. */
export class SessionStateMachine<Data, User> extends EventEmitter<User> implements Engine<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly repository: SessionRepository<Data, User> | undefined;
  http: KyInstance | undefined;
  readonly #gate: LoginGate<Data, User>;
  #state: SessionState<Data, User> = SIGNED_OUT;
  #abandoning: Promise<unknown> | undefined;
  /** The ended session, while it can still be extended. */
  #extendable: LiveSession<Data, User> | undefined;
  #turns: Turns | undefined;
  /** The session that a rejected call ended. It is reused if the fleet's limits allow no login. */
  #replaced: LiveSession<Data, User> | undefined;
  signingOut: Promise<unknown> | undefined;

  constructor(flow: Flow<Data, User>, settings: Settings, clock: Clock) {
    super();
    this.flow = flow;
    this.settings = settings;
    this.clock = clock;
    this.repository = settings.store && new SessionRepository(settings.store, this);
    this.#gate = new LoginGate(this, KeptHistory.open(settings, flow));
  }

  get #attempt(): SharedAttempt<Data, User> | undefined {
    const state = this.#state;
    if (state.kind === "signing-in") return state;
    return state.kind === "live" ? state.renewal : undefined;
  }

  use(): LiveSession<Data, User> | undefined {
    const live = this.#state;
    if (live.kind !== "live") return undefined;
    const now = this.clock.now();
    if (mustRenew(live, now)) return this.peek();
    if (shouldRenew(live, now) && this.#gate.mayRenew(live)) {
      const isRefused = this.#gate.history.isSpent(live.record);
      const extend = this.flow.extend === undefined || isRefused ? undefined : live;
      this.#begin({ mayAdopt: true, background: true, extend });
    }
    noteUse(live, this.clock);
    if (this.repository !== undefined && now >= (live.saveFrom ?? NEVER)) saveUse(this.repository, live, now);
    return live;
  }

  peek(): LiveSession<Data, User> | undefined {
    const live = this.#state;
    if (live.kind !== "live") return undefined;
    if (!mustRenew(live, this.clock.now())) return live;
    this.#end(live, isExtendable(live.record, this.clock.now()) && !this.#gate.history.isSpent(live.record));
    this.#gate.expired(live);
    this.emit({ type: "expired", info: infoOf(live.record), overAtLogin: false });
    return undefined;
  }

  /** @param extendable whether the next attempt extends the session instead of signing in. */
  #end(live: Live<Data, User>, extendable: boolean): void {
    const { renewal } = live;
    this.#extendable = extendable && this.flow.extend !== undefined ? live : undefined;
    if (renewal !== undefined && !extendable) renewal.extend = undefined;
    this.#state = renewal ?? SIGNED_OUT;
  }

  async ready(signal?: AbortSignal | null, explicit?: "login"): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    const live = this.peek();
    if (live !== undefined) return live;
    if (this.#state.kind === "closed") throw closedError(this.flow.vendor);
    const attempt =
      this.#attempt ?? this.#begin({ mayAdopt: true, extend: this.#extendable, ...this.#gate.enter(explicit) });
    return this.#join(attempt, signal, () => this.ready(signal));
  }

  // A renewal uses the credential too, so it is part of the turn of the call that starts it.
  async inTurn<T>(signal: AbortSignal | null | undefined, call: () => Promise<T>): Promise<T> {
    this.#turns ??= new Turns();
    const end = await this.#turns.take(signal);
    try {
      this.use();
      if (this.#attempt?.background) await orAbort(this.#attempt.settled, signal);
      return await call();
    } finally {
      end();
    }
  }

  async login(signal?: AbortSignal): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    if (this.#state.kind === "closed") this.#state = SIGNED_OUT;
    return this.ready(signal, "login");
  }

  async renew(signal?: AbortSignal): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    this.#gate.history.forgetRefusals();
    for (let attempt = this.#attempt; attempt?.extend !== undefined; attempt = this.#attempt)
      await orAbort(attempt.settled, signal);
    if (this.#state.kind === "closed") throw closedError(this.flow.vendor);
    const attempt = this.#attempt ?? this.#begin(this.#gate.enter("renew"));
    const live = await this.#join(attempt, signal, () => this.renew(signal));
    return attempt.adopted ? this.renew(signal) : live;
  }

  // Guarantee 1: the state holds the attempt before any of it runs.
  #begin(options: Omit<AttemptOptions<Data, User>, "history" | "after">): SharedAttempt<Data, User> {
    const shared = { history: this.#gate.history, replaces: this.#replaced, after: this.signingOut };
    const attempt = new SharedAttempt<Data, User>({ ...options, ...shared });
    this.#replaced = undefined;
    if (this.#state.kind === "live") this.#state.renewal = attempt;
    else this.#state = attempt;
    attempt.settled = acquireSession(this, attempt)
      .then((acquired) => this.#finish(attempt, acquired))
      .catch((error: unknown) => this.#fail(attempt, error));
    return attempt;
  }

  /** Calls `again` if the attempt could not prompt a person, or may not replace the session. */
  async #join(
    attempt: SharedAttempt<Data, User>,
    signal: AbortSignal | null | undefined,
    again: () => Promise<LiveSession<Data, User>>,
  ): Promise<LiveSession<Data, User>> {
    try {
      return await attempt.join(signal, (reason) => {
        // Guarantee 4: a sent login continues, and the next caller gets its result.
        const isOver = !attempt.background && (!attempt.sent || isCancellation(reason));
        if (isOver && this.#drop(attempt)) attempt.abandon(reason);
      });
    } catch (error) {
      if (error !== undefined && (error === attempt.notPrompted || error === attempt.held)) return again();
      throw error;
    }
  }

  /** Returns whether the attempt was in the state. */
  #drop(attempt: SharedAttempt<Data, User>): boolean {
    if (this.#attempt !== attempt) return false;
    this.#replaced ??= attempt.replaces;
    if (this.#state.kind === "live") this.#state.renewal = undefined;
    else this.#state = SIGNED_OUT;
    return true;
  }

  #finish(attempt: SharedAttempt<Data, User>, { live, by }: Acquired<Data, User>): Promise<unknown> | undefined {
    const existed = by === "store" || by === "cookies";
    const before = this.#state;
    if (!this.#drop(attempt)) {
      if (existed) return attempt.remainder;
      return Promise.all([attempt.remainder, undoLogin(this, live.record)]);
    }
    const expired = useUntilRejected(live, this.clock.now());
    this.#gate.passed();
    attempt.adopted = existed;
    live.adopted = existed;
    this.#gate.history.last = live.record;
    this.#extendable = undefined;
    this.#state = live;
    endReplaced(this, before.kind === "live" ? before : this.#replaced, live);
    this.#replaced = undefined;
    if (by === "extend" && before.kind === "live") postponeIfDue(live, before, this.clock);
    attempt.succeed(live);
    const info = infoOf(live.record);
    if (before.kind === "live") this.emit({ type: "renewed", info, by });
    else this.emit({ type: "login", info, from: by === "login" ? "vendor" : by });
    if (expired) this.emit({ type: "expired", info, overAtLogin: true });
    return attempt.remainder;
  }

  // A live session stays in use after a failed renewal (guarantee 6), or if it may not be replaced (guarantee 17).
  #fail(attempt: SharedAttempt<Data, User>, error: unknown): unknown {
    if (!attempt.background) this.#extendable = attempt.extend;
    if (!this.#drop(attempt)) attempt.held = undefined;
    else if (error === attempt.held && attempt.replaces !== undefined) {
      this.#replaced = undefined;
      this.#gate.history.unspend(attempt.replaces.record);
      this.#state = Object.assign(attempt.replaces, { renewal: undefined });
    } else if (this.#state.kind === "live") {
      const live = this.#state;
      // A renewal that needs a person is not retried before the session expires.
      if (error === attempt.notPrompted) live.renewFrom = NEVER;
      this.#gate.history.noteFailure(error, this.clock.now());
      this.emit({ type: "renewal_failed", error, retryAt: postponeRenewal(live, this.clock) });
    }
    attempt.fail(error);
    this.#abandoning = attempt.remainder;
    return attempt.remainder;
  }

  // Guarantee 2: only a rejection of the current credential ends the session. An extended session may have the same
  // one.
  rejected(sent: LiveSession<Data, User>, status: number, call: string, rejections: number): boolean {
    const live = this.#state;
    const current = live.kind === "live" && sameSecret(live.record, sent.record) ? live : undefined;
    if (!this.#gate.mayResend(sent, current, call, rejections)) return false;
    this.#gate.history.spend(sent.record);
    if (current === undefined) return true;
    // An extension that did not help is not repeated.
    const helped = current.acceptedAt !== undefined;
    this.#end(current, helped && isExtendable(current.record, this.clock.now()));
    this.#replaced = current;
    this.emit({ type: "rejected", info: infoOf(current.record), status });
    return true;
  }

  accepted(sent: LiveSession<Data, User>, call: string | undefined): void {
    sent.acceptedAt = this.clock.elapsed();
    if (this.#state.kind === "live" && this.#state.lineage === sent.lineage) this.#state.acceptedAt = sent.acceptedAt;
    if (call !== undefined) this.#gate.helped(call);
  }

  rotated({ lineage, extensions }: LiveSession<Data, User>, data: Data, response: Response): void {
    const live = this.#state;
    lineage.onRotated?.(data);
    // A late response must not replace the credential of a newer or extended session.
    if (live.kind !== "live" || live.lineage !== lineage || live.extensions !== extensions) return;
    const rotated = rotateSession(this.flow, live, data, response, this.settings, this.clock);
    if (rotated === undefined) return;
    this.#gate.history.last = rotated.record;
    this.#state = Object.assign(rotated, { renewal: live.renewal, stored: false });
    this.emit({ type: "rotated", info: infoOf(rotated.record) });
    if (this.repository !== undefined) saveUse(this.repository, rotated, this.clock.now());
  }

  get lastUse(): number | undefined {
    return this.#state.kind === "live" ? this.#state.usedElapsed : undefined;
  }

  get isClosed(): boolean {
    return this.#state.kind === "closed";
  }

  /** Closes this object and returns what remains to be ended. */
  leave(): Leaving<Data, User> {
    endReplaced(this, this.#attempt?.replaces ?? this.#replaced, undefined);
    this.#replaced = undefined;
    const live = this.peek() ?? this.#extendable;
    this.#extendable = undefined;
    const left = { live, history: this.#gate.history, attempt: this.#attempt, abandoning: this.#abandoning };
    this.#state = CLOSED;
    left.attempt?.close(closedError(this.flow.vendor));
    return left;
  }

  get health(): SessionHealth {
    return healthOf(this, this.#state, this.#gate.history);
  }

  /** Waits until no caller waits for a login and no call is in flight. */
  async unused(): Promise<void> {
    for (let attempt = this.#attempt; attempt?.isAwaited; attempt = this.#attempt) await attempt.settled;
    if (this.#state.kind === "live") await lastCalls(this, this.#state);
  }
}
