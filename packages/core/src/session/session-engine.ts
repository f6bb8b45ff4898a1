import type { KyInstance } from "ky";
import { areConstant } from "../contract/credentials.ts";
import type { Flow } from "../contract/flow.ts";
import { infoOf } from "../contract/session-info.ts";
import { type SessionRecord, sameSecret, secretOf } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import { type Acquired, acquireSession } from "../login/acquire.ts";
import { type Allowed, type Attempt, humanAccessOf, join, newAttempt, retryIfSkipped } from "../login/attempt.ts";
import { type Refusal, refusalOf, refuses } from "../login/refusal.ts";
import { forgetSession, undoLogin } from "../login/release.ts";
import type { Engine } from "../state/engine.ts";
import { hasExpired, type LiveSession } from "../state/live-session.ts";
import { NEVER, postpone } from "../state/renewal-time.ts";
import { rotateSession } from "../state/rotate-session.ts";
import { saveUse } from "../store/save-use.ts";
import { openRepository, type SessionRepository } from "../store/session-repository.ts";
import type { Clock } from "../util/clock.ts";
import { orAbort } from "../util/wait.ts";
import { EventEmitter } from "./event-emitter.ts";

/**
 * The states of a session, and what moves it:
 *
 *     none ──call──▶ signing-in ──answer──▶ live ──renewal due──▶ renewing ──answer──▶ live
 *      ▲                │ ▲                  │                       │  └─failure─▶ live, until it truly ends
 *      └───failure──────┘ └──call── ended ◀──┴── end or rejection ───┘ (a renewal under way becomes the login)
 *
 *     any ──logout()──▶ closed ──login()──▶ signing-in
 *
 * Who waits: calls in `none`, `signing-in` and `ended` wait for the one attempt; in `live` and `renewing` nobody does.
 *
 * Which one it is, two fields say: `signing-in` has an attempt, `live` a live record, `renewing` both, and the others
 * neither; `closed` is told apart by a third, `none` and `ended` by nothing, as they do the same.
 *
 * A class, because there may be very many sessions: they share its methods, and each holds its own fields only.
 */
export class SessionEngine<Data, User> extends EventEmitter<User> implements Engine<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  http: KyInstance | undefined;
  readonly clock: Clock;
  readonly repository: SessionRepository<Data, User> | undefined;
  #live: LiveSession<Data, User> | undefined;
  #attempt: Attempt<Data, User> | undefined;
  #closed = false;
  /** The latest record, live or not, until sign-out. */
  #last: SessionRecord<Data, User> | undefined;
  #refusal: Refusal | undefined;
  /** What was refused on a call, signed out or undone of late: not to be taken from the store again. */
  #spent: readonly string[] | undefined;
  /** The codes of a second factor that were not taken since the last login: the vendor counts them as well. */
  readonly #wrong: { codes: number } = { codes: 0 };
  /** The name that signs in, once it is known. */
  #account: string | undefined;
  #failedRenewals = 0;
  /** The cookies of a session that was signed in elsewhere: they are good for one beginning. */
  #cookies: Settings["cookies"];
  /** An earlier sign-out under way, which a login waits for. */
  #signingOut: Promise<unknown> | undefined;

  constructor(flow: Flow<Data, User>, settings: Settings, clock: Clock) {
    super();
    this.flow = flow;
    this.settings = settings;
    this.clock = clock;
    this.repository = settings.store && openRepository(settings.store, this);
    this.#cookies = settings.cookies;
  }

  /** Credentials given as a value cannot change: once refused, they need not even be asked for. */
  #finalRefusal(): Refusal | undefined {
    return areConstant(this.settings.credentials) ? this.#refusal : undefined;
  }

  #spend(record: SessionRecord<Data, User>): void {
    this.#spent = [...(this.#spent ?? []), secretOf(record)].slice(-8);
  }

  use(): LiveSession<Data, User> | undefined {
    const live = this.#live;
    if (live === undefined) return undefined;
    const now = this.clock.now();
    if (hasExpired(live, now)) return this.peek();
    if (now >= live.renewFrom && this.#attempt === undefined && this.#finalRefusal() === undefined) {
      this.#begin({ mayAdopt: true, mayExtend: this.flow.extend !== undefined, quiet: true });
    }
    return this.#touch(live, now);
  }

  // Law 8: idle time counts from the last request sent, and the store learns of it at a bounded rate.
  #touch(live: LiveSession<Data, User>, now: number): LiveSession<Data, User> {
    live.usedAt = now;
    if (this.repository !== undefined && now >= live.saveFrom) saveUse(this.repository, live, now);
    return live;
  }

  peek(): LiveSession<Data, User> | undefined {
    const live = this.#live;
    if (live === undefined || !hasExpired(live, this.clock.now())) return live;
    this.#live = undefined;
    this.emit({ type: "expired", info: infoOf(live.record), atLogin: false });
    return undefined;
  }

  async acquire(signal?: AbortSignal | null): Promise<LiveSession<Data, User>> {
    const live = await this.ready(signal);
    // One that was over when it came serves once, and is not kept alive by that.
    return live === this.#live ? this.#touch(live, this.clock.now()) : live;
  }

  async ready(signal?: AbortSignal | null): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    const live = this.peek();
    if (live !== undefined) return live;
    if (this.#closed) throw closed(this);
    const refusal = this.#finalRefusal();
    if (refusal !== undefined) throw refusal.error;
    const attempt = this.#attempt ?? this.#begin({ mayAdopt: true, mayExtend: false, quiet: false });
    return this.#join(attempt, signal).catch(retryIfSkipped(attempt, () => this.ready(signal)));
  }

  async login(signal?: AbortSignal): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    this.#closed = false;
    return this.ready(signal);
  }

  async renew(signal?: AbortSignal): Promise<LiveSession<Data, User>> {
    signal?.throwIfAborted();
    this.#refusal = undefined;
    this.#wrong.codes = 0;
    // What only prolongs is not a new session: it is let finish first.
    for (let attempt = this.#attempt; attempt?.mayExtend === true; attempt = this.#attempt) {
      await orAbort(attempt.settled, signal);
    }
    if (this.#closed) throw closed(this);
    const attempt = this.#attempt ?? this.#begin({ mayAdopt: false, mayExtend: false, quiet: false });
    attempt.mayAdopt = false;
    const live = await this.#join(attempt, signal).catch(retryIfSkipped(attempt, () => this.renew(signal)));
    return attempt.adopted ? this.renew(signal) : live;
  }

  // Law 1: the state holds the attempt before anything of it runs, so that whoever comes next finds it.
  #begin(may: Allowed): Attempt<Data, User> {
    const attempt = newAttempt<Data, User>(may);
    const live = this.#live;
    this.#attempt = attempt;
    const outcome = acquireSession(this, {
      signal: attempt.abort.signal,
      extend: attempt.mayExtend ? live : undefined,
      mayExtend: () => this.#live?.lineage === live?.lineage,
      mayAdopt: () => attempt.mayAdopt,
      last: this.#last,
      isSpent: (record) => this.#spent?.includes(secretOf(record)) ?? false,
      after: this.#signingOut,
      takeCookies: () => {
        const given = this.#cookies;
        this.#cookies = undefined;
        return given;
      },
      dropped: () => this.#attempt !== attempt,
      attendance: humanAccessOf(attempt, this.#wrong),
      named: (name) => (this.#account = name),
      check: (pair) => {
        if (refuses(this.#refusal, pair)) throw this.#refusal.error;
      },
      refused: (error, pair) => {
        if (error !== attempt.unasked) this.#refusal = refusalOf(error, pair) ?? this.#refusal;
      },
    });
    attempt.settled = outcome.then(
      (found) => this.#finish(attempt, found),
      (error: unknown) => this.#fail(attempt, error),
    );
    return attempt;
  }

  // Law 4: whoever leaves, leaves alone; the last one to leave ends the attempt.
  #join(attempt: Attempt<Data, User>, signal?: AbortSignal | null): Promise<LiveSession<Data, User>> {
    return join(attempt, signal, () => {
      if (attempt.quiet || this.#attempt !== attempt) return;
      this.#attempt = undefined;
      attempt.abort.abort(signal?.reason);
    });
  }

  #finish(attempt: Attempt<Data, User>, { live, by }: Acquired<Data, User>): void | Promise<void> {
    const existed = by === "store" || by === "cookies";
    if (this.#attempt !== attempt) {
      // Signed out, or left by everybody, while the answer was on its way (law 14).
      attempt.result.reject(closed(this));
      if (existed) return undefined;
      this.#spend(live.record);
      return undoLogin(this, live.record);
    }
    const renewed = this.#live !== undefined;
    const overAlready = hasExpired(live, this.clock.now());
    this.#failedRenewals = 0;
    if (by === "login") this.#refusal = undefined;
    attempt.adopted = existed;
    this.#last = live.record;
    this.#attempt = undefined;
    this.#live = overAlready ? undefined : live;
    attempt.result.resolve(live);
    const info = infoOf(live.record);
    if (renewed) this.emit({ type: "renewed", info, by });
    else this.emit({ type: "login", info, from: existed ? by : "vendor" });
    if (overAlready) this.emit({ type: "expired", info, atLogin: true });
  }

  // Law 6: a live session serves on after a failed renewal; the next try waits, twice as long each time, with jitter.
  #fail(attempt: Attempt<Data, User>, error: unknown): void {
    if (this.#attempt === attempt) {
      const live = this.#live;
      this.#attempt = undefined;
      if (live !== undefined) {
        // What only a human has is not asked for again before the end.
        if (error === attempt.unasked) live.renewFrom = NEVER;
        const retryAt = postpone(live, this.#failedRenewals++, this.clock);
        this.emit({ type: "renewal_failed", error, retryAt });
      }
    }
    attempt.result.reject(error);
  }

  // Law 2: only a rejection of the live credential ends it; one that was prolonged is the same credential still.
  rejected({ record }: LiveSession<Data, User>, status: number): void {
    this.#spend(record);
    const live = this.#live;
    if (live === undefined || !sameSecret(live.record, record)) return;
    // A renewal under way becomes the login that calls wait for.
    this.#live = undefined;
    this.emit({ type: "rejected", info: infoOf(live.record), status });
  }

  rotated({ lineage }: LiveSession<Data, User>, data: Data, response: Response): void {
    const live = this.#live;
    if (live === undefined || live.lineage !== lineage) return;
    const next = rotateSession(this.flow, live, data, response, this.settings, this.clock.now());
    if (next === undefined) return;
    if (this.#failedRenewals > 0) next.renewFrom = Math.max(next.renewFrom, live.renewFrom);
    this.#last = next.record;
    this.#live = next;
    this.emit({ type: "rotated", info: infoOf(next.record) });
    if (this.repository !== undefined) {
      next.stored = false;
      saveUse(this.repository, next, this.clock.now());
    }
  }

  // Law 14: forgotten first; the vendor's answer, if bad, is the error afterwards.
  async logout(signal?: AbortSignal): Promise<void> {
    if (this.#closed) return;
    const live = this.peek();
    const info = live && infoOf(live.record);
    const attempt = this.#attempt;
    const name = this.#last?.account ?? this.#account;
    this.#live = this.#attempt = undefined;
    this.#closed = true;
    if (this.#last !== undefined) this.#spend(this.#last);
    this.#last = undefined;
    attempt?.result.reject(closed(this));
    attempt?.unwanted.abort(closed(this));
    const stored = Promise.withResolvers<void>();
    // Where the name has to be asked for, a login does not wait for that; what it stores then stays.
    const waits = name !== undefined || areConstant(this.settings.credentials);
    const forgotten = (latest: SessionRecord<Data, User> | undefined) => {
      if (latest !== undefined) this.#spend(latest);
      stored.resolve();
    };
    const over = forgetSession(this, live?.record, name, () => waits || this.#closed, forgotten).finally(
      () => attempt?.settled,
    );
    over.then(
      () => this.emit({ type: "logout", info }),
      (error: unknown) => this.emit({ type: "logout", info, error }),
    );
    // A login that comes at once waits until the record is out of the store and a dropped login is over (law 1).
    const before = Promise.all([waits ? stored.promise : undefined, attempt?.settled]);
    this.#signingOut = before;
    before.then(() => {
      if (this.#signingOut === before) this.#signingOut = undefined;
    });
    await orAbort(over, signal);
  }
}

function closed({ flow }: Pick<Engine, "flow">): SessionClosed {
  return new SessionClosed(flow.vendor, "the session was signed out. Call `login()` to open it again.");
}
