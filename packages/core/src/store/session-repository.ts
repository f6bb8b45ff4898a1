import type { SessionEvent } from "../contract/events/session-events.ts";
import type { Flow } from "../contract/flow/flow.ts";
import { isNonInteractive } from "../contract/non-interactive.ts";
import { type SessionRecord, sameSecret } from "../contract/session-record.ts";
import type { Lease, SessionStore } from "../contract/session-store.ts";
import type { Settings } from "../contract/settings.ts";
import type { StoredHistory } from "../contract/stored-history.ts";
import { expiryOfStoredValue, parseStoredValue, type StoredValue } from "../contract/stored-value.ts";
import { isVmsError } from "../errors/is-vms-error.ts";
import { StoreFailed } from "../errors/store-failed.ts";
import type { VmsError } from "../errors/vms-error.ts";
import { matchesOrigin } from "../net/origin-pattern.ts";
import { anySignal } from "../util/any-signal.ts";
import type { Clock } from "../util/clock.ts";
import { type HeldLease, holdLease } from "./hold-lease.ts";
import { storeKey } from "./store-key.ts";
import { type StoreOperation, StoreQueue } from "./store-queue.ts";

/** The limit of a store operation, in ms. After that the session continues without the store. */
const STORE_TIMEOUT = 5_000;

/** Extra wait for a lock whose holder may be prompting a person, in ms. */
const HUMAN_PATIENCE = 15 * 60_000;

export interface RepositoryOwner<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  emit(event: SessionEvent<User>): void;
  readonly clock: Clock;
}

/**
 * A typed store that never fails: failures are events, and the session continues in memory. A class, because each
 * session with a store has one.
 */
export class SessionRepository<Data, User> {
  readonly #store: SessionStore;
  readonly #owner: RepositoryOwner<Data, User>;
  readonly #queue: StoreQueue;
  readonly #timeout: number;
  #key: { readonly account: string; readonly text: Promise<string> } | undefined;
  #unusable: VmsError | undefined;
  /** At the last read. Written with each session. */
  history: StoredHistory | undefined;

  constructor(store: SessionStore, owner: RepositoryOwner<Data, User>) {
    this.#store = store;
    this.#owner = owner;
    this.#timeout = Math.min(STORE_TIMEOUT, owner.settings.timeout);
    this.#queue = new StoreQueue(owner.clock, this.#timeout, (operation, error) => this.#failed(operation, error));
  }

  read(account: string): Promise<SessionRecord<Data, User> | undefined> {
    return this.#queue.run("get", () => this.#load(account));
  }

  /**
   * A misconfigured store is no outage, so a login must not ignore it.
   * @throws the `invalid_options` of an earlier store operation.
   */
  throwIfUnusable(): void {
    if (this.#unusable !== undefined) throw this.#unusable;
  }

  /**
   * Without a lease, it does not overwrite another process's newer record.
   * @returns whether the store is up to date.
   */
  async write(record: SessionRecord<Data, User>, lease: Lease | undefined): Promise<boolean> {
    const written = await this.#queue.run("set", async () => {
      if (lease !== undefined) return this.#save(record, lease.set);
      const stored = await this.#load(record.account);
      if (stored !== undefined && stored.issuedAt > record.issuedAt && !sameSecret(stored, record)) return true;
      return this.#save(record);
    });
    return written ?? false;
  }

  /**
   * Saves the last use, if the store still has this record.
   * @returns `false` if that failed.
   */
  async touch(record: SessionRecord<Data, User>): Promise<boolean> {
    const touched = await this.#queue.run("set", async (isLate) => {
      const stored = await this.#load(record.account);
      return isLate() || stored === undefined || !sameSecret(stored, record) || this.#save(record);
    });
    return touched ?? false;
  }

  /** Call it under the lock, if the store has locks. */
  async writeHistory(account: string, lease: Lease | undefined): Promise<void> {
    await this.#queue.run("set", async () => {
      const history = this.history;
      const session = await this.#load(account);
      this.history = history;
      const value = { ...(session === undefined ? {} : { session }), ...(history === undefined ? {} : { history }) };
      if (session === undefined && history === undefined) return this.#store.delete(await this.#keyOf(account));
      return this.#set(account, value, lease?.set);
    });
  }

  /** The history stays. */
  async remove(account: string): Promise<void> {
    await this.#queue.run("delete", async () => {
      const history = this.history;
      if (history === undefined) await this.#store.delete(await this.#keyOf(account));
      else await this.#set(account, { history });
    });
  }

  /**
   * Calls `run` under the account's lock, if the store has locks. If the lock cannot be taken or is lost, `run`
   * continues: a second login is possible then, but no login would be worse.
   * @param signal ends the wait and the run, with its own reason.
   * @param closed ends only the wait, on sign-out.
   */
  async exclusive<T>(
    account: string,
    signal: AbortSignal,
    closed: AbortSignal,
    run: (lease: Lease | undefined) => Promise<T>,
  ): Promise<T> {
    const lease = await this.#hold(account, anySignal([signal, closed]));
    if (lease === undefined) return run(undefined);
    try {
      return await run(lease);
    } finally {
      if (lease.signal.aborted) this.#failed("lock", lease.signal.reason);
      await lease.release().catch((error: unknown) => {
        if (!lease.signal.aborted) this.#failed("lock", error);
      });
    }
  }

  async #hold(account: string, signal: AbortSignal): Promise<HeldLease | undefined> {
    const { flow, settings, clock } = this.#owner;
    const withLock = this.#store.withLock?.bind(this.#store);
    if (withLock === undefined) return undefined;
    const { timeout, secondFactor } = settings;
    const interactive = flow.interactive || (secondFactor !== undefined && !isNonInteractive(secondFactor));
    const toAcquire = interactive ? timeout + HUMAN_PATIENCE : timeout;
    try {
      const key = await this.#keyOf(account);
      return await holdLease(withLock, key, signal, { clock, toAcquire, toRelease: this.#timeout });
    } catch (error) {
      signal.throwIfAborted();
      this.#failed("lock", error);
      return undefined;
    }
  }

  async #load(account: string): Promise<SessionRecord<Data, User> | undefined> {
    const { flow } = this.#owner;
    const text = await this.#store.get(await this.#keyOf(account));
    const { session, history } = typeof text === "string" ? parseStoredValue(text) : {};
    this.history = history;
    if (session === undefined || session.vendor !== flow.vendor || session.account !== account) return undefined;
    try {
      if (!isBase(session.baseUrl, flow)) return undefined;
      return { ...session, data: flow.parse(session.data) } as SessionRecord<Data, User>;
    } catch {
      return undefined;
    }
  }

  async #save(session: SessionRecord<Data, User>, set?: SessionStore["set"]): Promise<true> {
    const history = this.history;
    await this.#set(session.account, history === undefined ? { session } : { session, history }, set);
    return true;
  }

  async #set(account: string, value: StoredValue, set?: SessionStore["set"]): Promise<void> {
    const outlives = value.session !== undefined && this.#owner.flow.outlives?.(value.session.data as Data) === true;
    const expiresAt = expiryOfStoredValue(value, outlives);
    const write = set ?? this.#store.set.bind(this.#store);
    await write(await this.#keyOf(account), JSON.stringify(value), expiresAt === undefined ? {} : { expiresAt });
  }

  #keyOf(account: string): Promise<string> {
    if (this.#key?.account !== account) this.#key = { account, text: storeKey(this.#owner.flow, account) };
    return this.#key.text;
  }

  #failed(operation: StoreOperation, error: unknown): void {
    const unusable = isVmsError(error) && error.code === "invalid_options";
    if (unusable) this.#unusable = error;
    const known = unusable || (isVmsError(error) && error.code === "store_failed") ? error : undefined;
    // Any other message could quote a value.
    const wrapped = new StoreFailed(this.#owner.flow.vendor, known?.problem ?? `the store's ${operation} failed.`, {
      retryable: !unusable,
      ...(known === undefined ? {} : { remedy: known.remedy }),
    });
    this.#owner.emit({ type: "store_failed", operation, error: wrapped });
  }
}

// Calls are joined to a base, so it must be a normalised URL on an origin of the vendor with a trailing slash.
function isBase(baseUrl: string, flow: Pick<Flow<never, never>, "baseUrl" | "allowedOrigins">): boolean {
  const { origin, pathname } = new URL(baseUrl);
  const allowed = origin === flow.baseUrl.origin || matchesOrigin(origin, flow.allowedOrigins ?? []);
  const path = origin === flow.baseUrl.origin ? flow.baseUrl.pathname : pathname;
  return allowed && pathname.endsWith("/") && baseUrl === origin + path;
}
