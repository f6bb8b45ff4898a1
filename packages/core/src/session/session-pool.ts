import type { SessionHealth } from "../contract/events/session-health.ts";
import type { KeptLoginHistory } from "../contract/kept-login-history.ts";
import { checkNames } from "../contract/known-names.ts";
import type { LoginLimiter } from "../contract/login-limiter.ts";
import type { Session, WaitOptions } from "../contract/session.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import { KeptHistory } from "../login/history/kept-history.ts";
import type { Engine } from "../state/engine.ts";
import { engineOf } from "../state/engine-access.ts";
import { type Clock, systemClock } from "../util/clock.ts";
import { sleep } from "../util/wait.ts";
import { HistoryShelf } from "./history-shelf.ts";
import { openLoginLimiter } from "./login-limiter.ts";

/** The options of a pool. */
export interface SessionPoolOptions {
  /** How many sessions are open at most. Beyond that, the least recently used one is closed. Default: 1,000. */
  readonly max?: number;
  /** After how long without a use a session is closed, in ms. Default: never. */
  readonly idle?: number;
  /** Limits the logins of all sessions of the pool, and of what else has the same limiter. Default: `loginLimiter()`. */
  readonly loginLimiter?: LoginLimiter;
}

/** What the sessions of a pool share. Spread it into the options of each. */
export interface PoolShare {
  /** The limiter of all sessions of the pool. */
  readonly loginLimiter: LoginLimiter;
  /** What is remembered of this key's earlier logins. */
  readonly loginHistory: KeptLoginHistory;
}

/** Sessions by key, opened when they are first needed. */
export interface SessionPool<S extends Session = Session> extends AsyncDisposable, Iterable<[key: string, session: S]> {
  /** How many sessions are open. */
  readonly size: number;
  /**
   * Returns the session of a key, and opens one if there is none. It sends nothing: the session's first call signs in. Call
   * it for each use, because a session that was not used for long may have been closed. It throws what `open` throws; the next
   * call then opens again.
   * @throws {SessionClosed} `session_closed` after `close()` without a key.
   * @example
   * const response = await pool.get("customer-17").fetch("zones");
   */
  get(key: string): S;
  /**
   * Whether the session of a key is open. It does not count as a use.
   * @example
   * if (!pool.has("customer-17")) console.log("Nobody has asked for customer 17 yet.");
   */
  has(key: string): boolean;
  /**
   * Closes the session of a key, or without a key all sessions and the pool itself. What is remembered of a key's logins
   * stays, so that refused credentials are not sent again.
   * @param wait its signal ends the wait. Sessions of a pool that were not reached by then are not signed out.
   * @example
   * process.once("SIGTERM", () => pool.close(undefined, { signal: AbortSignal.timeout(10_000) }));
   */
  close(key?: string, wait?: WaitOptions): Promise<void>;
  /**
   * The health of each open session, by key.
   * @example
   * const refused = [...pool.health()].filter(([, { refusedSince }]) => refusedSince !== undefined);
   */
  health(): ReadonlyMap<string, SessionHealth>;
}

interface Pooled<S> {
  readonly session: S;
  readonly engine: Engine;
  readonly history: KeptHistory;
  /** When it was last asked for, in ms since the epoch. */
  usedAt: number;
}

/** How many sessions are signed out at the same time when a pool is closed. */
const CLOSED_AT_ONCE = 20;

/** How many closed sessions are remembered for each that may be open. */
const KEPT_PER_SESSION = 10;

/**
 * Creates a pool of sessions, one per key, for example one per customer.
 *
 * A session with a store stays in the store when it is closed. Without a store it is signed out at the vendor. A session is
 * closed only when no caller waits for it.
 * @param open opens the session of a key. Spread `shared` into the vendor's options.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown or malformed.
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

/** `sessionPool` with an injectable clock. */
export function openSessionPool<S extends Session>(
  open: (key: string, shared: PoolShare) => S,
  options: SessionPoolOptions,
  clock: Clock,
): SessionPool<S> {
  const { max, idle, loginLimiter } = checkPool(open, options, clock);
  const sessions = new Map<string, Pooled<S>>();
  const shelf = new HistoryShelf(KEPT_PER_SESSION * max);
  let isClosed = false;
  let cancelSweep: (() => void) | undefined;

  function get(key: string): S {
    const pooled = sessions.get(key);
    if (pooled === undefined || pooled.engine.isClosed) return openNew(key);
    pooled.usedAt = clock.now();
    return pooled.session;
  }

  function openNew(key: string): S {
    if (isClosed) throw new SessionClosed("core", "the pool was closed.", { remedy: { id: "open_pool" } });
    const history = sessions.get(key)?.history ?? shelf.find(key) ?? new KeptHistory();
    const session = open(key, { loginLimiter, loginHistory: history });
    const engine = engineOf(session);
    shelf.remove(key);
    sessions.delete(key);
    if (sessions.size >= max) release(leastUsed());
    sessions.set(key, { session, engine, history, usedAt: clock.now() });
    sweepLater();
    return session;
  }

  /** When a session was last asked for, or last made a call. */
  function lastUse({ engine, usedAt }: Pooled<S>): number {
    return Math.max(usedAt, engine.health.lastUse ?? 0);
  }

  // A scan, so that `get` need not keep an order. It happens only when a session is opened beyond `max`.
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
    for (const [key, pooled] of sessions) if (lastUse(pooled) + idle <= clock.now()) release(key);
    sweepLater();
  }

  /** One timer for the whole pool. A session that becomes idle soon after another one waits for the next turn. */
  function sweepLater(): void {
    if (sessions.size === 0 || cancelSweep !== undefined || !Number.isFinite(idle)) return;
    const first = Math.min(...[...sessions.values()].map(lastUse)) + idle - clock.now();
    cancelSweep = clock.timer(Math.max(idle / 20, first), closeIdle, false);
  }

  function remove(key: string): Pooled<S> | undefined {
    const pooled = sessions.get(key);
    sessions.delete(key);
    if (pooled !== undefined) shelf.put(key, pooled.history);
    return pooled;
  }

  /** Closes a session when nobody waits for it any more. */
  function release(key: string | undefined): void {
    const pooled = key === undefined ? undefined : remove(key);
    if (pooled === undefined) return;
    const { session, engine } = pooled;
    const unused = async () => {
      await engine.unused();
      // A caller whose login has ended sends its call before any timer runs.
      await sleep(clock, 0);
      await engine.unused();
    };
    unused()
      .then(() => session.close())
      .catch(() => {});
  }

  async function close(key?: string, wait?: WaitOptions): Promise<void> {
    if (key !== undefined) return remove(key)?.session.close(wait);
    isClosed = true;
    cancelSweep?.();
    const all = [...sessions.keys()].flatMap((each) => remove(each)?.session ?? []);
    const closeNext = async (): Promise<void> => {
      for (let next = all.pop(); next !== undefined; next = all.pop()) await next.close(wait);
    };
    await Promise.all(Array.from({ length: CLOSED_AT_ONCE }, closeNext));
  }

  return {
    get,
    has: (key) => sessions.has(key),
    close,
    health: () => new Map([...sessions].map(([key, { engine }]) => [key, engine.health])),
    get size() {
      return sessions.size;
    },
    *[Symbol.iterator]() {
      for (const [key, { session }] of sessions) yield [key, session];
    },
    [Symbol.asyncDispose]: () => close(),
  };
}

function checkPool(open: unknown, options: SessionPoolOptions, clock: Clock): Required<SessionPoolOptions> {
  const wrong = (what: string) => new InvalidOptions("core", `sessionPool: ${what}`);
  if (typeof open !== "function") throw wrong("the first argument must be a function that opens a session.");
  if (typeof options !== "object" || options === null) throw wrong("the options must be an object.");
  checkNames("core", options, { max: true, idle: true, loginLimiter: true }, "sessionPool");
  const { max = 1_000, idle = Number.POSITIVE_INFINITY, loginLimiter = openLoginLimiter({}, clock) } = options;
  if (!Number.isInteger(max) || max <= 0) throw wrong("`max` must be a whole number above 0 (sessions).");
  if (typeof idle !== "number" || !(idle > 0)) throw wrong("`idle` must be a number above 0 (ms).");
  if (typeof loginLimiter?.run !== "function") {
    throw wrong("`loginLimiter` must have the method run, for example `loginLimiter()`.");
  }
  return { max, idle, loginLimiter };
}
