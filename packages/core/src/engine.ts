import { orAbort } from "./abort.ts";
import type { Clock } from "./clock.ts";
import { createConversations } from "./conversations.ts";
import { type Credentials, checkCredentials } from "./credentials.ts";
import { type AnyVmsError, isVmsError } from "./errors/any-error.ts";
import { SessionClosed } from "./errors/session-closed.ts";
import type { VmsErrorCode } from "./errors/vms-error.ts";
import type { Events } from "./events.ts";
import type { Flow } from "./flow.ts";
import { hasEnded, type Live, makeLive, rotatedRecord } from "./live.ts";
import type { Settings } from "./options.ts";
import { infoOf, type SessionRecord } from "./record.ts";
import { openVault } from "./vault.ts";

/**
 * The states of a session. What moves it:
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

/** One login or renewal under way, shared by all who wait for it. */
interface Attempt<Data, User> {
  readonly result: PromiseWithResolvers<Live<Data, User>>;
  /** Settles when nothing of the attempt runs any more; never rejects. */
  settled: Promise<void>;
  readonly abort: AbortController;
  waiters: number;
  /** What the attempt may do short of a login: prolong the live session, adopt a stored one. */
  readonly mayExtend: boolean;
  mayAdopt: boolean;
}

type Outcome<Data, User> = { readonly live: Live<Data, User>; readonly by: "login" | "extend" | "store" };

/** After these the same credentials are not tried again: a further try could lock the account. */
const FINAL: ReadonlySet<VmsErrorCode> = new Set([
  "invalid_credentials",
  "account_unavailable",
  "second_factor_required",
  "second_factor_rejected",
  "invalid_request",
]);

/** What the session's calls see of its life. */
export interface Engine<Data, User> {
  /** The live session, if there is one, about to be used. Starts a renewal where that is due. Never waits. */
  use(): Live<Data, User> | undefined;
  /** The live session without using it. */
  peek(): Live<Data, User> | undefined;
  /** A live session, signed in to if need be. */
  acquire(signal?: AbortSignal | null): Promise<Live<Data, User>>;
  login(signal?: AbortSignal): Promise<Live<Data, User>>;
  renew(signal?: AbortSignal): Promise<Live<Data, User>>;
  logout(signal?: AbortSignal): Promise<void>;
  /** The vendor refused a call made with `live`. */
  rejected(live: Live<Data, User>, status: number): void;
  /** A response to a call made with `live` carried a new credential. */
  rotated(live: Live<Data, User>, data: Data, response: Response): void;
}

export function createEngine<Data, User>(
  flow: Flow<Data, User>,
  settings: Settings,
  clock: Clock,
  events: Events<User>,
): Engine<Data, User> {
  const vendor = createConversations(flow, settings, clock);
  const vault = settings.store === undefined ? undefined : openVault(settings.store, flow, events);

  let state: State<Data, User> = { kind: "none" };
  /** The latest record, live or not, until sign-out. */
  let last: SessionRecord<Data, User> | undefined;
  /** Law 10: the credentials that were refused, and how. */
  let refusal: { readonly error: AnyVmsError; readonly credentials: Credentials } | undefined;
  let failedRenewals = 0;

  const closed = () => new SessionClosed(flow.vendor, "the session was signed out. Call `login()` to open it again.");
  const liveNow = () => (state.kind === "live" || state.kind === "renewing" ? state.live : undefined);
  const attemptNow = () => (state.kind === "signing-in" || state.kind === "renewing" ? state.attempt : undefined);
  const without = (): State<Data, User> => (last === undefined ? { kind: "none" } : { kind: "ended" });

  function peek(): Live<Data, User> | undefined {
    const live = liveNow();
    if (live === undefined || !hasEnded(live, clock.now())) return live;
    endLive();
    events.emit({ type: "expired", info: infoOf(live.record), atLogin: false });
    return undefined;
  }

  function use(): Live<Data, User> | undefined {
    const live = liveNow();
    if (live === undefined) return undefined;
    const now = clock.now();
    if (now >= live.endsAt || now - live.usedAt >= live.idle) return peek();
    live.usedAt = now;
    if (now >= live.renewFrom && state.kind === "live") renewQuietly();
    return live;
  }

  // A renewal under way becomes the login that calls wait for.
  function endLive(): void {
    const attempt = attemptNow();
    state = attempt === undefined ? { kind: "ended" } : { kind: "signing-in", attempt };
  }

  async function acquire(signal?: AbortSignal | null): Promise<Live<Data, User>> {
    signal?.throwIfAborted();
    const live = use();
    if (live !== undefined) return live;
    if (state.kind === "closed") throw closed();
    const unchanged = typeof settings.credentials !== "function";
    if (refusal !== undefined && unchanged) throw refusal.error;
    return join(attemptNow() ?? begin({ mayAdopt: true, mayExtend: false }), signal);
  }

  async function login(signal?: AbortSignal): Promise<Live<Data, User>> {
    if (state.kind === "closed") state = { kind: "none" };
    return acquire(signal);
  }

  async function renew(signal?: AbortSignal): Promise<Live<Data, User>> {
    signal?.throwIfAborted();
    refusal = undefined;
    for (let attempt = attemptNow(); attempt?.mayExtend === true; attempt = attemptNow()) {
      // What only prolongs is not a new session: it is let finish first.
      await join(attempt, signal).catch(() => signal?.throwIfAborted());
    }
    if (state.kind === "closed") throw closed();
    const attempt = attemptNow() ?? begin({ mayAdopt: false, mayExtend: false });
    attempt.mayAdopt = false;
    return join(attempt, signal);
  }

  function renewQuietly(): void {
    if (refusal !== undefined && typeof settings.credentials !== "function") return;
    // The engine itself waits for this one, so that no caller's leaving ends it.
    begin({ mayAdopt: true, mayExtend: flow.extend !== undefined }).waiters++;
  }

  // Law 1: the state holds the attempt before anything of it runs, so that whoever comes next finds it.
  function begin(may: { mayAdopt: boolean; mayExtend: boolean }): Attempt<Data, User> {
    const result = Promise.withResolvers<Live<Data, User>>();
    const attempt: Attempt<Data, User> = {
      result,
      settled: Promise.resolve(),
      abort: new AbortController(),
      waiters: 0,
      ...may,
    };
    result.promise.catch(() => {});
    const live = liveNow();
    state = live === undefined ? { kind: "signing-in", attempt } : { kind: "renewing", live, attempt };
    attempt.settled = run(attempt).then(
      (outcome) => finish(attempt, outcome),
      (error: unknown) => fail(attempt, error),
    );
    return attempt;
  }

  // Law 4: whoever leaves, leaves alone; the last one to leave ends the attempt.
  async function join(attempt: Attempt<Data, User>, signal?: AbortSignal | null): Promise<Live<Data, User>> {
    attempt.waiters++;
    try {
      return await orAbort(attempt.result.promise, signal);
    } finally {
      attempt.waiters--;
      if (attempt.waiters === 0 && attemptNow() === attempt) {
        state = state.kind === "renewing" ? { kind: "live", live: state.live } : without();
        attempt.abort.abort(signal?.reason);
      }
    }
  }

  async function run(attempt: Attempt<Data, User>): Promise<Outcome<Data, User>> {
    const { signal } = attempt.abort;
    const credentials = once(async () => {
      const source = settings.credentials;
      return typeof source === "function" ? checkCredentials(flow.vendor, await source()) : source;
    });
    const asking = { signal, credentials, previous: last, dropped: () => attemptNow() !== attempt };
    const before = liveNow();
    if (attempt.mayExtend && before !== undefined) {
      try {
        const live = await vendor.extend(asking, before);
        await vault?.write(live.record);
        return { live, by: "extend" };
      } catch {
        signal.throwIfAborted();
      }
    }

    const pair = await orAbort(credentials(), signal);
    if (refusal !== undefined && sameCredentials(refusal.credentials, pair)) throw refusal.error;
    const signIn = async (lock: AbortSignal): Promise<Outcome<Data, User>> => {
      const stored = attempt.mayAdopt ? await vault?.read(pair.username) : undefined;
      const adopted = stored === undefined || !attempt.mayAdopt ? undefined : adopt(stored);
      if (adopted !== undefined) return { live: adopted, by: "store" };
      try {
        const both = lock === signal ? signal : AbortSignal.any([signal, lock]);
        const live = await vendor.login({ ...asking, signal: both, previous: last ?? stored });
        if (attemptNow() === attempt) await vault?.write(live.record);
        return { live, by: "login" };
      } catch (error) {
        if (isVmsError(error) && FINAL.has(error.code)) refusal = { error, credentials: pair };
        throw error;
      }
    };
    return vault === undefined ? signIn(signal) : vault.exclusive(pair.username, signIn, signal);
  }

  // Only what is newer than what we had: the record that was just refused or is due for renewal is still in the store.
  function adopt(stored: SessionRecord<Data, User>): Live<Data, User> | undefined {
    if (last !== undefined && JSON.stringify(last.data) === JSON.stringify(stored.data)) return undefined;
    try {
      const live = makeLive(flow, stored, settings);
      const now = clock.now();
      return hasEnded(live, now) || now >= live.renewFrom ? undefined : live;
    } catch {
      return undefined;
    }
  }

  function finish(attempt: Attempt<Data, User>, { live, by }: Outcome<Data, User>): void | Promise<void> {
    if (attemptNow() !== attempt) {
      // Signed out, or left by everybody, while the answer was on its way (law 14).
      attempt.result.reject(closed());
      return by === "login" ? abandon(live.record) : undefined;
    }
    const renewed = state.kind === "renewing";
    const overAlready = hasEnded(live, clock.now());
    failedRenewals = 0;
    refusal = undefined;
    last = live.record;
    state = overAlready ? { kind: "ended" } : { kind: "live", live };
    attempt.result.resolve(live);
    const info = infoOf(live.record);
    if (renewed) events.emit({ type: "renewed", info, by });
    else events.emit({ type: "login", info, from: by === "store" ? "store" : "vendor" });
    if (overAlready) events.emit({ type: "expired", info, atLogin: true });
  }

  async function abandon(record: SessionRecord<Data, User>): Promise<void> {
    const stored = await vault?.read(record.account);
    if (stored !== undefined && JSON.stringify(stored.data) === JSON.stringify(record.data)) {
      await vault?.remove(record.account);
    }
    await vendor.logout(record).catch(() => {});
  }

  // Law 6: a live session serves on after a failed renewal; the next try waits, twice as long each time, with jitter.
  function fail(attempt: Attempt<Data, User>, error: unknown): void {
    const current = attemptNow() === attempt;
    if (current && state.kind === "renewing") {
      const { live } = state;
      const wait = Math.min(60_000, 1_000 * 2 ** Math.min(failedRenewals++, 10)) * (0.5 + clock.random() / 2);
      live.renewFrom = clock.now() + wait;
      state = { kind: "live", live };
      events.emit({ type: "renewal_failed", error, retryAt: live.renewFrom });
    } else if (current) {
      state = without();
    }
    attempt.result.reject(error);
  }

  // Law 2: only a rejection of the live record ends it.
  function rejected(live: Live<Data, User>, status: number): void {
    if (liveNow() !== live) return;
    endLive();
    events.emit({ type: "rejected", info: infoOf(live.record), status });
  }

  function rotated(live: Live<Data, User>, data: Data, response: Response): void {
    const current = liveNow();
    if (current === undefined || current.lineage !== live.lineage) return;
    let next: Live<Data, User>;
    try {
      next = makeLive(
        flow,
        rotatedRecord(flow, current, data, response, settings, clock.now()),
        settings,
        current.lineage,
      );
    } catch {
      return; // A credential that cannot be sent is not taken.
    }
    last = next.record;
    const attempt = attemptNow();
    state = attempt === undefined ? { kind: "live", live: next } : { kind: "renewing", live: next, attempt };
    events.emit({ type: "rotated", info: infoOf(last) });
    vault?.write(last);
  }

  // Law 14: forgotten first; the vendor's answer, if bad, is the error afterwards.
  async function logout(signal?: AbortSignal): Promise<void> {
    if (state.kind === "closed") return;
    const live = peek();
    const attempt = attemptNow();
    const account = last?.account;
    state = { kind: "closed" };
    last = undefined;
    attempt?.result.reject(closed());
    await orAbort(forget(live, account, attempt), signal);
  }

  async function forget(
    live: Live<Data, User> | undefined,
    knownAccount: string | undefined,
    attempt: Attempt<Data, User> | undefined,
  ): Promise<void> {
    const doomed = new Map<string, SessionRecord<Data, User>>();
    if (live !== undefined) doomed.set(JSON.stringify(live.record.data), live.record);
    if (vault !== undefined) {
      const account = knownAccount ?? (await askAccount());
      const stored = account === undefined ? undefined : await vault.read(account);
      if (stored !== undefined) doomed.set(JSON.stringify(stored.data), stored);
      if (account !== undefined && state.kind === "closed") await vault.remove(account);
    }
    let failure: { error: unknown } | undefined;
    for (const record of doomed.values()) {
      await vendor.logout(record).catch((error: unknown) => {
        failure ??= { error };
      });
    }
    await attempt?.settled;
    const info = live === undefined ? undefined : infoOf(live.record);
    events.emit({ type: "logout", info, ...(failure === undefined ? {} : failure) });
    if (failure !== undefined) throw failure.error;
  }

  async function askAccount(): Promise<string | undefined> {
    try {
      const source = settings.credentials;
      return (typeof source === "function" ? checkCredentials(flow.vendor, await source()) : source).username;
    } catch {
      return undefined;
    }
  }

  return { use, peek, acquire, login, renew, logout, rejected, rotated };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

function sameCredentials(a: Credentials, b: Credentials): boolean {
  return a.username === b.username && a.password === b.password;
}
