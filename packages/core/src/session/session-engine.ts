import type { KyInstance } from "ky";
import { areConstant } from "../contract/credentials.ts";
import type { Flow } from "../contract/flow.ts";
import { infoOf } from "../contract/session-info.ts";
import { type SessionRecord, sameSecret } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import type { AnyVmsError } from "../errors/any-error.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import { type Acquired, acquireSession } from "../login/acquire-session.ts";
import { Attempt, type AttemptOptions } from "../login/attempt.ts";
import { LoginHistory } from "../login/login-history.ts";
import { forgetSession, undoLogin } from "../login/release-session.ts";
import type { Engine } from "../state/engine.ts";
import type { LiveSession } from "../state/live-session.ts";
import { mustRenew, postponeRenewal, shouldRenew } from "../state/renewal.ts";
import { NEVER } from "../state/renewal-time.ts";
import { rotateSession } from "../state/rotate-session.ts";
import { saveUse } from "../store/save-use.ts";
import { SessionRepository } from "../store/session-repository.ts";
import type { Clock } from "../util/clock.ts";
import { orAbort } from "../util/wait.ts";
import { EventEmitter } from "./event-emitter.ts";
import { CLOSED, type Live, type SessionState, SIGNED_OUT } from "./session-state.ts";

/** Decides when a session signs in, renews and signs out. A class, because many sessions share its methods. */
export class SessionEngine<Data, User> extends EventEmitter<User> implements Engine<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly repository: SessionRepository<Data, User> | undefined;
  http: KyInstance | undefined;
  readonly #history: LoginHistory<Data, User>;
  #state: SessionState<Data, User> = SIGNED_OUT;
  /** An earlier sign-out in progress, which a login waits for. */
  #signingOut: Promise<unknown> | undefined;

  constructor(flow: Flow<Data, User>, settings: Settings, clock: Clock) {
    super();
    this.flow = flow;
    this.settings = settings;
    this.clock = clock;
    this.repository = settings.store && new SessionRepository(settings.store, this);
    this.#history = new LoginHistory(settings.cookies);
  }

  get #attempt(): Attempt<Data, User> | undefined {
    const state = this.#state;
    if (state.kind === "signing-in") return state;
    return state.kind === "live" ? state.renewal : undefined;
  }

  use(): LiveSession<Data, User> | undefined {
    const live = this.#state;
    if (live.kind !== "live") return undefined;
    const now = this.clock.now();
    if (mustRenew(live, now)) return this.peek();
    if (shouldRenew(live, now) && this.#finalRefusal() === undefined) {
      this.#begin({ mayAdopt: true, background: true, extend: this.flow.extend && live });
    }
    return this.#touch(live, now);
  }

  // Guarantee 8: idle time counts from the last request sent. The store learns of it at a bounded rate.
  #touch(live: LiveSession<Data, User>, now: number): LiveSession<Data, User> {
    live.usedAt = now;
    if (this.repository !== undefined && now >= live.saveFrom) saveUse(this.repository, live, now);
    return live;
  }

  peek(): LiveSession<Data, User> | undefined {
    const live = this.#state;
    if (live.kind !== "live") return undefined;
    if (!mustRenew(live, this.clock.now())) return live;
    this.#end(live);
    this.emit({ type: "expired", info: infoOf(live.record), atLogin: false });
    return undefined;
  }

  // A renewal in progress becomes the login that calls wait for.
  #end({ renewal }: Live<Data, User>): void {
    if (renewal !== undefined) renewal.extend = undefined;
    this.#state = renewal ?? SIGNED_OUT;
  }

  async acquire(signal?: AbortSignal | null): Promise<LiveSession<Data, User>> {
    const live = await this.ready(signal);
    // A session that was already expired on arrival is used once, and that does not count as a use.
    return live === this.#state ? this.#touch(live, this.clock.now()) : live;
  }

  async ready(signal?: AbortSignal | null): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    const live = this.peek();
    if (live !== undefined) return live;
    if (this.#state.kind === "closed") throw this.#closedError();
    const refusal = this.#finalRefusal();
    if (refusal !== undefined) throw refusal;
    return this.#join(this.#attempt ?? this.#begin({ mayAdopt: true }), signal, () => this.ready(signal));
  }

  async login(signal?: AbortSignal): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    if (this.#state.kind === "closed") this.#state = SIGNED_OUT;
    return this.ready(signal);
  }

  async renew(signal?: AbortSignal): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    this.#history.forgetRefusal();
    this.#history.wrongCodes = 0;
    // An extended session is not a new one, so an extension in progress may finish first.
    for (let attempt = this.#attempt; attempt?.extend !== undefined; attempt = this.#attempt) {
      await orAbort(attempt.settled, signal);
    }
    if (this.#state.kind === "closed") throw this.#closedError();
    const attempt = this.#attempt ?? this.#begin({});
    attempt.mayAdopt = false;
    const live = await this.#join(attempt, signal, () => this.renew(signal));
    return attempt.adopted ? this.renew(signal) : live;
  }

  /** Credentials that cannot change need not be asked for again once the vendor has refused them. */
  #finalRefusal(): AnyVmsError | undefined {
    return areConstant(this.settings.credentials) ? this.#history.refusal : undefined;
  }

  // Guarantee 1: the state holds the attempt before anything of the attempt runs.
  #begin(options: Omit<AttemptOptions<Data, User>, "history">): Attempt<Data, User> {
    const attempt = new Attempt<Data, User>({ ...options, history: this.#history });
    if (this.#state.kind === "live") this.#state.renewal = attempt;
    else this.#state = attempt;
    const finished = this.#acquire(attempt).then(
      (acquired) => this.#finish(attempt, acquired),
      (error: unknown) => this.#fail(attempt, error),
    );
    attempt.settleAfter(finished);
    return attempt;
  }

  async #acquire(attempt: Attempt<Data, User>): Promise<Acquired<Data, User>> {
    if (this.#signingOut !== undefined) await orAbort(this.#signingOut, attempt.signal);
    return acquireSession(this, attempt);
  }

  /** Waits for an attempt. If it fails only because a background renewal prompts nobody, `again` starts one that may. */
  async #join(
    attempt: Attempt<Data, User>,
    signal: AbortSignal | null | undefined,
    again: () => Promise<LiveSession<Data, User>>,
  ): Promise<LiveSession<Data, User>> {
    try {
      return await attempt.join(signal, (reason) => {
        if (!attempt.background && this.#drop(attempt)) attempt.abandon(reason);
      });
    } catch (error) {
      if (error !== undefined && error === attempt.notPrompted) return again();
      throw error;
    }
  }

  /** Takes an attempt out of the state. Returns whether it was in it. */
  #drop(attempt: Attempt<Data, User>): boolean {
    if (this.#attempt !== attempt) return false;
    if (this.#state.kind === "live") this.#state.renewal = undefined;
    else this.#state = SIGNED_OUT;
    return true;
  }

  #finish(attempt: Attempt<Data, User>, { live, by }: Acquired<Data, User>): void | Promise<void> {
    const existed = by === "store" || by === "cookies";
    const before = this.#state;
    if (!this.#drop(attempt)) {
      // The session was signed out, or all callers left, before the result came (guarantee 14).
      attempt.fail(this.#closedError());
      if (existed) return undefined;
      this.#history.spend(live.record);
      return undoLogin(this, live.record);
    }
    const expired = mustRenew(live, this.clock.now());
    if (by === "login") this.#history.forgetRefusal();
    attempt.adopted = existed;
    this.#history.last = live.record;
    this.#state = expired ? SIGNED_OUT : live;
    if (by === "extend" && before.kind === "live" && shouldRenew(live, this.clock.now())) {
      // The extension has not moved the end, so that the next one would follow at once.
      live.failedRenewals = before.failedRenewals;
      postponeRenewal(live, this.clock);
    }
    attempt.succeed(live);
    const info = infoOf(live.record);
    if (before.kind === "live") this.emit({ type: "renewed", info, by });
    else this.emit({ type: "login", info, from: existed ? by : "vendor" });
    if (expired) this.emit({ type: "expired", info, atLogin: true });
    return undefined;
  }

  // Guarantee 6: a live session stays in use after a failed renewal.
  #fail(attempt: Attempt<Data, User>, error: unknown): void {
    if (this.#drop(attempt) && this.#state.kind === "live") {
      const live = this.#state;
      // What only a person has is not asked for again before the session ends.
      if (error === attempt.notPrompted) live.renewFrom = NEVER;
      this.emit({ type: "renewal_failed", error, retryAt: postponeRenewal(live, this.clock) });
    }
    attempt.fail(error);
  }

  // Guarantee 2: only a rejection of the live credential ends the session. An extended session has the same credential.
  rejected({ record }: LiveSession<Data, User>, status: number): void {
    this.#history.spend(record);
    const live = this.#state;
    if (live.kind !== "live" || !sameSecret(live.record, record)) return;
    this.#end(live);
    this.emit({ type: "rejected", info: infoOf(live.record), status });
  }

  rotated({ lineage }: LiveSession<Data, User>, data: Data, response: Response): void {
    const live = this.#state;
    if (live.kind !== "live" || live.lineage !== lineage) return;
    const rotated = rotateSession(this.flow, live, data, response, this.settings, this.clock.now());
    if (rotated === undefined) return;
    const { renewal, failedRenewals } = live;
    if (failedRenewals > 0) rotated.renewFrom = Math.max(rotated.renewFrom, live.renewFrom);
    this.#history.last = rotated.record;
    this.#state = Object.assign(rotated, { renewal, failedRenewals });
    this.emit({ type: "rotated", info: infoOf(rotated.record) });
    if (this.repository === undefined) return;
    rotated.stored = false;
    saveUse(this.repository, rotated, this.clock.now());
  }

  // Guarantee 14: the session is forgotten first. If the vendor's answer is bad, that is the error afterwards.
  async logout(signal?: AbortSignal): Promise<void> {
    if (this.#state.kind === "closed") return;
    const live = this.peek();
    const info = live && infoOf(live.record);
    const attempt = this.#attempt;
    const history = this.#history;
    const account = history.last?.account ?? history.account;
    this.#state = CLOSED;
    if (history.last !== undefined) history.spend(history.last);
    history.last = undefined;
    attempt?.close(this.#closedError());
    const stored = Promise.withResolvers<void>();
    // If the name has to be asked for, a login does not wait for that, and what the login stores then stays.
    const waits = account !== undefined || areConstant(this.settings.credentials);
    const forgotten = (latest: SessionRecord<Data, User> | undefined) => {
      if (latest !== undefined) history.spend(latest);
      stored.resolve();
    };
    const mayForget = () => waits || this.#state.kind === "closed";
    const over = forgetSession(this, live?.record, account, mayForget, forgotten).finally(() => attempt?.settled);
    over.then(
      () => this.emit({ type: "logout", info }),
      (error: unknown) => this.emit({ type: "logout", info, error }),
    );
    // Guarantee 1: the next login waits until the record is out of the store and a dropped login is over.
    const before = Promise.all([waits ? stored.promise : undefined, attempt?.settled]);
    this.#signingOut = before;
    before.then(() => {
      if (this.#signingOut === before) this.#signingOut = undefined;
    });
    await orAbort(over, signal);
  }

  #closedError(): SessionClosed {
    return new SessionClosed(this.flow.vendor, "the session was signed out. Call `login()` to open it again.");
  }
}
