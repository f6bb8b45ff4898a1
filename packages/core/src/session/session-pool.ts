import type { SessionHealth } from "../contract/events/session-health.ts";
import type { KeptLoginHistory } from "../contract/kept-login-history.ts";
import type { LoginLimiter } from "../contract/login-limiter.ts";
import type { Session, WaitOptions } from "../contract/session.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import { KeptHistory } from "../login/history/kept-history.ts";
import type { Engine } from "../state/engine.ts";
import { engineOf } from "../state/engine-access.ts";
import { type Clock, systemClock } from "../util/clock.ts";
import { orAbort, sleep } from "../util/wait.ts";
import { HistoryShelf } from "./history-shelf.ts";
import { checkPool, type SessionPoolOptions } from "./pool-options.ts";

/** What a pool's sessions share. Spread it into each session's options. */
export interface PoolShare {
  readonly loginLimiter: LoginLimiter;
  readonly loginHistory: KeptLoginHistory;
}

/** A pool of sessions by key, each opened on first use. */
export interface SessionPool<S extends Session = Session> extends AsyncDisposable, Iterable<[key: string, session: S]> {
  readonly size: number;
  /**
   * Returns the session of a key, and opens it if needed. It sends nothing: the session's first call signs in.
   *
   * Call it for each use, because an idle session may have been closed. If `open` throws, the next call tries again.
   * @throws {SessionClosed} `session_closed` after `closeAll()`.
   * @example
   * const response = await pool.get("customer-17").fetch("zones");
   */
  get(key: string): S;
  /**
   * Returns whether the session of a key is open. Does not count as a use.
   * @example
   * if (!pool.has("customer-17")) console.log("Nobody has asked for customer 17 yet.");
   */
  has(key: string): boolean;
  /**
   * Closes the session of a key now, even if calls are in flight. Its login history stays, so that refused credentials
   * are not sent again.
   * @example
   * await pool.close("customer-17"); // its password was changed in the configuration
   */
  close(key: string, wait?: WaitOptions): Promise<void>;
  /**
   * Closes all sessions and the pool: `get` then fails with `session_closed`.
   * @example
   * process.once("SIGTERM", () => pool.closeAll().finally(() => process.exit()));
   */
  closeAll(wait?: WaitOptions): Promise<void>;
  /**
   * Returns the health of each open session by key.
   * @example
   * const refused = [...pool.health()].filter(([, { refusedSince }]) => refusedSince !== undefined);
   */
  health(): ReadonlyMap<string, SessionHealth>;
}

interface Pooled<S> {
  readonly session: S;
  readonly engine: Engine;
  readonly history: KeptHistory;
  /** In ms of elapsed time. */
  usedAt: number;
  /** How often it was scheduled for closing. */
  releases: number;
  closing: Promise<void> | undefined;
}

/** How many closed sessions are remembered per open session. */
const KEPT_PER_SESSION = 10;

/**
 * Creates a pool of sessions, one per key, for example one per customer.
 *
 * A closed session stays in its store; without a store it is signed out at the vendor. The pool closes a session only
 * when no caller waits for it.
 * @param open opens the session of a key. Spread `shared` into the vendor's options.
 * @throws {InvalidOptions} `invalid_options` if an option is unknown or malformed.
 * @example
 * const pool = sessionPool((key, shared) => createAcmeSession({ ...customers[key], ...shared }), { max: 500 });
 * const zones = await pool.get("acme").http.get("zones").json();
 */
export function sessionPool<S extends Session>(
  open: (key: string, shared: PoolShare) => S,
  options: SessionPoolOptions = {},
): SessionPool<S> {
  return openSessionPool(open, options, systemClock());
}

export function openSessionPool<S extends Session>(
  open: (key: string, shared: PoolShare) => S,
  options: SessionPoolOptions,
  clock: Clock,
): SessionPool<S> {
  const { max, idle, loginLimiter } = checkPool(open, options, clock);
  const sessions = new Map<string, Pooled<S>>();
  /** Sessions that still have callers or are being closed. */
  const leaving = new Map<string, Pooled<S>>();
  const closings = new Set<Promise<void>>();
  const shelf = new HistoryShelf(KEPT_PER_SESSION * max);
  let isClosed = false;
  let cancelSweep: (() => void) | undefined;

  function get(key: string): S {
    const pooled = sessions.get(key);
    if (pooled === undefined || pooled.engine.isClosed) return reopen(key);
    pooled.usedAt = clock.elapsed();
    return pooled.session;
  }

  function reopen(key: string): S {
    const earlier = sessions.get(key) ?? leaving.get(key);
    // Reuses a session that still has callers, so that each key has only one.
    const pooled = earlier === undefined || earlier.engine.isClosed ? openNew(key, earlier) : earlier;
    pooled.usedAt = clock.elapsed();
    leaving.delete(key);
    sessions.delete(key);
    if (sessions.size >= max) release(leastUsed());
    sessions.set(key, pooled);
    sweepLater();
    return pooled.session;
  }

  function openNew(key: string, earlier: Pooled<S> | undefined): Pooled<S> {
    if (isClosed) throw closedError();
    const history = earlier?.history ?? shelf.find(key) ?? new KeptHistory();
    const session = open(key, { loginLimiter, loginHistory: history });
    const engine = engineOf(session);
    if (isClosed) {
      session.close().catch(() => {});
      throw closedError();
    }
    shelf.remove(key);
    // Some vendors have one session per user: signing out the earlier one must not end this one.
    engine.signingOut ??= earlier?.closing;
    return { session, engine, history, usedAt: 0, releases: 0, closing: undefined };
  }

  function lastUse({ engine, usedAt }: Pooled<S>): number {
    return Math.max(usedAt, engine.lastUse ?? Number.NEGATIVE_INFINITY);
  }

  // A scan, which only runs when a session is opened beyond `max`, so that `get` need not maintain an order.
  function leastUsed(): string | undefined {
    let [least, before]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
    for (const [key, pooled] of sessions) {
      const at = lastUse(pooled);
      if (at < before) [least, before] = [key, at];
    }
    return least;
  }

  function closeIdle(): void {
    cancelSweep = undefined;
    for (const [key, pooled] of sessions) if (lastUse(pooled) + idle <= clock.elapsed()) release(key);
    sweepLater();
  }

  /** One timer for the whole pool. Sessions that become idle soon after each other share a sweep. */
  function sweepLater(): void {
    if (sessions.size === 0 || cancelSweep !== undefined || !Number.isFinite(idle)) return;
    let first = Number.POSITIVE_INFINITY;
    for (const pooled of sessions.values()) first = Math.min(first, lastUse(pooled));
    cancelSweep = clock.timer(Math.max(idle / 20, first + idle - clock.elapsed()), closeIdle, false);
  }

  /** Closes a session once no caller waits for it, unless it is requested again first. */
  function release(key: string | undefined): void {
    const pooled = key === undefined ? undefined : sessions.get(key);
    if (key === undefined || pooled === undefined) return;
    sessions.delete(key);
    leaving.set(key, pooled);
    const release = ++pooled.releases;
    whenUnused(pooled.engine, clock).then(() => {
      if (pooled.releases === release && leaving.get(key) === pooled) close(key);
    });
  }

  function leave(key: string, pooled: Pooled<S>): Promise<void> {
    sessions.delete(key);
    leaving.set(key, pooled);
    if (pooled.closing !== undefined) return pooled.closing;
    const closing = pooled.session
      .close()
      .catch(() => {})
      .finally(() => {
        closings.delete(closing);
        // Not earlier: a cancelled login may still be refused.
        if (leaving.get(key) !== pooled) return;
        leaving.delete(key);
        shelf.put(key, pooled.history);
      });
    closings.add(closing);
    pooled.closing = closing;
    return closing;
  }

  async function close(key: string, { signal }: WaitOptions = {}): Promise<void> {
    const pooled = sessions.get(key) ?? leaving.get(key);
    if (pooled !== undefined) await orAbort(leave(key, pooled), signal);
  }

  async function closeAll({ signal }: WaitOptions = {}): Promise<void> {
    isClosed = true;
    cancelSweep?.();
    for (const [key, pooled] of [...sessions, ...leaving]) leave(key, pooled);
    await orAbort(Promise.all(closings), signal);
  }

  /** Excludes sessions that their callers closed. */
  function* opened(): Generator<[string, Pooled<S>]> {
    for (const entry of sessions) if (!entry[1].engine.isClosed) yield entry;
  }

  return {
    get,
    has: (key) => sessions.get(key)?.engine.isClosed === false,
    close,
    closeAll,
    health: () => new Map([...opened()].map(([key, { engine }]) => [key, engine.health])),
    get size() {
      return [...opened()].length;
    },
    *[Symbol.iterator]() {
      for (const [key, { session }] of opened()) yield [key, session];
    },
    [Symbol.asyncDispose]: () => closeAll(),
  };
}

async function whenUnused(engine: Engine, clock: Clock): Promise<void> {
  await engine.unused();
  // A caller whose login has finished sends its call before any timer runs.
  await sleep(clock, 0);
  await engine.unused();
}

function closedError(): SessionClosed {
  return new SessionClosed("core", "the pool was closed.", { remedy: { id: "open_pool" } });
}
