import { orAbort } from "./abort.ts";
import { type Allowed, type Attempt, again, attendanceOf, newAttempt } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import type { Engine } from "./engine-contract.ts";
import { SessionClosed } from "./errors/session-closed.ts";
import type { Events } from "./events.ts";
import type { Flow } from "./flow.ts";
import { hasEnded, type Live, makeLive, postpone, rotatedRecord } from "./live.ts";
import type { Settings } from "./options.ts";
import { infoOf, type SessionRecord } from "./record.ts";
import { type Refusal, refusalOf, refuses } from "./refusal.ts";
import { createSignIn, type Outcome, once } from "./sign-in.ts";
import { tell } from "./tell.ts";
import { openVault, sameSecret, secretOf } from "./vault.ts";

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
 */
type State<Data, User> =
  | { readonly kind: "none" }
  | { readonly kind: "signing-in"; readonly attempt: Attempt<Data, User> }
  | { readonly kind: "live"; readonly live: Live<Data, User> }
  | { readonly kind: "renewing"; readonly live: Live<Data, User>; readonly attempt: Attempt<Data, User> }
  | { readonly kind: "ended" }
  | { readonly kind: "closed" };

export function createEngine<Data, User>(
  flow: Flow<Data, User>,
  settings: Settings,
  clock: Clock,
  events: Events<User>,
): Engine<Data, User> {
  const vault = settings.store === undefined ? undefined : openVault(settings.store, flow, events, clock, settings);
  // Made for each use: a session that lies idle holds as little as can be.
  const signIn = () => createSignIn(flow, settings, clock, vault);
  /** Credentials given as a value cannot change: once refused, they need not even be asked for. */
  const { credentials } = settings;
  const unchanging = typeof credentials !== "function" && typeof credentials.password !== "function";

  let state: State<Data, User> = { kind: "none" };
  /** The latest record, live or not, until sign-out. */
  let last: SessionRecord<Data, User> | undefined;
  let refusal: Refusal | undefined;
  /** What was refused on a call, signed out or undone of late: not to be taken from the store again. */
  let spent: readonly string[] = [];
  /** The codes of a second factor that were not taken since the last login: the vendor counts them as well. */
  const wrong = { codes: 0 };
  /** The name that signs in, once it is known. */
  let account: string | undefined;
  let failedRenewals = 0;
  const takeCookies = once(settings.cookies);
  /** An earlier sign-out under way, which a login waits for. */
  let signingOut: Promise<unknown> | undefined;

  const closed = () => new SessionClosed(flow.vendor, "the session was signed out. Call `login()` to open it again.");
  const liveNow = () => (state.kind === "live" || state.kind === "renewing" ? state.live : undefined);
  const attemptNow = () => (state.kind === "signing-in" || state.kind === "renewing" ? state.attempt : undefined);

  function spend(record: SessionRecord<Data, User>): void {
    spent = [...spent, secretOf(record)].slice(-8);
  }

  function use(): Live<Data, User> | undefined {
    const live = liveNow();
    if (live === undefined) return undefined;
    const now = clock.now();
    if (hasEnded(live, now)) return peek();
    if (now >= live.renewFrom && state.kind === "live") renewQuietly();
    return touch(live, now);
  }

  // Law 8: idle time counts from the last request sent, and the store learns of it at a bounded rate.
  function touch(live: Live<Data, User>, now: number): Live<Data, User> {
    live.usedAt = now;
    if (vault !== undefined && now >= live.saveFrom) tell(vault, live, now);
    return live;
  }

  function peek(): Live<Data, User> | undefined {
    const live = liveNow();
    if (live === undefined || !hasEnded(live, clock.now())) return live;
    endLive();
    events.emit({ type: "expired", info: infoOf(live.record), atLogin: false });
    return undefined;
  }

  // A renewal under way becomes the login that calls wait for.
  function endLive(): void {
    const attempt = attemptNow();
    state = attempt === undefined ? { kind: "ended" } : { kind: "signing-in", attempt };
  }

  async function acquire(signal?: AbortSignal | null): Promise<Live<Data, User>> {
    const live = await ready(signal);
    // One that was over when it came serves once, and is not kept alive by that.
    return live === liveNow() ? touch(live, clock.now()) : live;
  }

  async function ready(signal?: AbortSignal | null): Promise<Live<Data, User>> {
    signal?.throwIfAborted();
    const live = peek();
    if (live !== undefined) return live;
    if (state.kind === "closed") throw closed();
    if (refusal !== undefined && unchanging) throw refusal.error;
    const attempt = attemptNow() ?? begin({ mayAdopt: true, mayExtend: false, quiet: false });
    return join(attempt, signal).catch(again(attempt, () => ready(signal)));
  }

  async function login(signal?: AbortSignal): Promise<Live<Data, User>> {
    signal?.throwIfAborted();
    if (state.kind === "closed") state = { kind: "none" };
    return ready(signal);
  }

  async function renew(signal?: AbortSignal): Promise<Live<Data, User>> {
    signal?.throwIfAborted();
    refusal = undefined;
    wrong.codes = 0;
    // What only prolongs is not a new session: it is let finish first.
    for (let attempt = attemptNow(); attempt?.mayExtend === true; attempt = attemptNow()) {
      await orAbort(attempt.settled, signal);
    }
    if (state.kind === "closed") throw closed();
    const attempt = attemptNow() ?? begin({ mayAdopt: false, mayExtend: false, quiet: false });
    attempt.mayAdopt = false;
    const live = await join(attempt, signal).catch(again(attempt, () => renew(signal)));
    return attempt.adopted ? renew(signal) : live;
  }

  function renewQuietly(): void {
    if (refusal !== undefined && unchanging) return;
    begin({ mayAdopt: true, mayExtend: flow.extend !== undefined, quiet: true });
  }

  // Law 1: the state holds the attempt before anything of it runs, so that whoever comes next finds it.
  function begin(may: Allowed): Attempt<Data, User> {
    const attempt = newAttempt<Data, User>(may);
    const live = liveNow();
    state = live === undefined ? { kind: "signing-in", attempt } : { kind: "renewing", live, attempt };
    const outcome = signIn().run({
      signal: attempt.abort.signal,
      extend: attempt.mayExtend ? live : undefined,
      mayExtend: () => liveNow()?.lineage === live?.lineage,
      mayAdopt: () => attempt.mayAdopt,
      last,
      isSpent: (record) => spent.includes(secretOf(record)),
      after: signingOut,
      takeCookies,
      dropped: () => attemptNow() !== attempt,
      attendance: attendanceOf(attempt, wrong),
      named: (name) => (account = name),
      check(pair) {
        if (refuses(refusal, pair)) throw refusal.error;
      },
      refused(error, pair) {
        if (error !== attempt.unasked) refusal = refusalOf(error, pair) ?? refusal;
      },
    });
    attempt.settled = outcome.then(
      (found) => finish(attempt, found),
      (error: unknown) => fail(attempt, error),
    );
    return attempt;
  }

  // Law 4: whoever leaves, leaves alone; the last one to leave ends the attempt.
  async function join(attempt: Attempt<Data, User>, signal?: AbortSignal | null): Promise<Live<Data, User>> {
    attempt.callers++;
    try {
      return await orAbort(attempt.result.promise, signal);
    } finally {
      attempt.callers--;
      if (attempt.callers === 0 && !attempt.quiet && attemptNow() === attempt) {
        withoutAttempt();
        attempt.abort.abort(signal?.reason);
      }
      if (attempt.callers === 0) attempt.left?.abort();
    }
  }

  function withoutAttempt(): void {
    const live = liveNow();
    if (live !== undefined) state = { kind: "live", live };
    else state = last === undefined ? { kind: "none" } : { kind: "ended" };
  }

  function finish(attempt: Attempt<Data, User>, { live, by }: Outcome<Data, User>): void | Promise<void> {
    if (attemptNow() !== attempt) {
      // Signed out, or left by everybody, while the answer was on its way (law 14).
      attempt.result.reject(closed());
      if (by === "store" || by === "cookies") return undefined;
      spend(live.record);
      return signIn().undo(live.record);
    }
    const renewed = state.kind === "renewing";
    const overAlready = hasEnded(live, clock.now());
    failedRenewals = 0;
    if (by === "login") refusal = undefined;
    attempt.adopted = by === "store" || by === "cookies";
    last = live.record;
    state = overAlready ? { kind: "ended" } : { kind: "live", live };
    attempt.result.resolve(live);
    const info = infoOf(live.record);
    if (renewed) events.emit({ type: "renewed", info, by });
    else events.emit({ type: "login", info, from: by === "store" || by === "cookies" ? by : "vendor" });
    if (overAlready) events.emit({ type: "expired", info, atLogin: true });
  }

  // Law 6: a live session serves on after a failed renewal; the next try waits, twice as long each time, with jitter.
  function fail(attempt: Attempt<Data, User>, error: unknown): void {
    if (attemptNow() === attempt) {
      const live = liveNow();
      withoutAttempt();
      if (live !== undefined) {
        // What only a human has is not asked for again before the end.
        if (error === attempt.unasked) live.renewFrom = Number.POSITIVE_INFINITY;
        events.emit({ type: "renewal_failed", error, retryAt: postpone(live, failedRenewals++, clock) });
      }
    }
    attempt.result.reject(error);
  }

  // Law 2: only a rejection of the live credential ends it; one that was prolonged is the same credential still.
  function rejected({ record }: Live<Data, User>, status: number): void {
    spend(record);
    const live = liveNow();
    if (live === undefined || !sameSecret(live.record, record)) return;
    endLive();
    events.emit({ type: "rejected", info: infoOf(live.record), status });
  }

  function rotated(live: Live<Data, User>, data: Data, response: Response): void {
    const current = liveNow();
    if (current === undefined || current.lineage !== live.lineage) return;
    let next: Live<Data, User>;
    try {
      const record = rotatedRecord(flow, current, data, response, settings, clock.now());
      next = makeLive(flow, record, settings, current.lineage);
      if (failedRenewals > 0) next.renewFrom = Math.max(next.renewFrom, current.renewFrom);
    } catch {
      return; // A credential that cannot be sent is not taken.
    }
    last = next.record;
    state = state.kind === "renewing" ? { ...state, live: next } : { kind: "live", live: next };
    events.emit({ type: "rotated", info: infoOf(last) });
    if (vault !== undefined) {
      next.stored = false;
      tell(vault, next, clock.now());
    }
  }

  // Law 14: forgotten first; the vendor's answer, if bad, is the error afterwards.
  async function logout(signal?: AbortSignal): Promise<void> {
    if (state.kind === "closed") return;
    const live = peek();
    const attempt = attemptNow();
    const name = last?.account ?? account;
    state = { kind: "closed" };
    if (last !== undefined) spend(last);
    last = undefined;
    attempt?.result.reject(closed());
    attempt?.unwanted.abort(closed());
    const info = live === undefined ? undefined : infoOf(live.record);
    const stored = Promise.withResolvers<void>();
    // Where the name has to be asked for, a login does not wait for that; what it stores then stays.
    const waits = name !== undefined || unchanging;
    const forgotten = (latest: SessionRecord<Data, User> | undefined) => {
      if (latest !== undefined) spend(latest);
      stored.resolve();
    };
    const over = signIn()
      .forget(live?.record, name, () => waits || state.kind === "closed", forgotten)
      .finally(() => attempt?.settled);
    over.then(
      () => events.emit({ type: "logout", info }),
      (error: unknown) => events.emit({ type: "logout", info, error }),
    );
    // A login that comes at once waits until the record is out of the store and a dropped login is over (law 1).
    const before = Promise.all([waits ? stored.promise : undefined, attempt?.settled]);
    signingOut = before;
    before.then(() => {
      if (signingOut === before) signingOut = undefined;
    });
    await orAbort(over, signal);
  }

  return { use, peek, acquire, ready, login, renew, logout, rejected, rotated };
}
