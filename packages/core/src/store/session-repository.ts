import type { SessionEvents } from "../contract/events.ts";
import type { Flow } from "../contract/flow.ts";
import { isUnattended } from "../contract/non-interactive.ts";
import { parseRecord, type SessionRecord, sameSecret } from "../contract/session-record.ts";
import type { Lease, SessionStore } from "../contract/session-store.ts";
import type { Settings } from "../contract/settings.ts";
import { isVmsError } from "../errors/any-error.ts";
import { StoreFailed } from "../errors/store-failed.ts";
import { matchesOrigin } from "../net/origin-pattern.ts";
import type { Clock } from "../util/clock.ts";
import { orAbort, within } from "../util/wait.ts";
import { storeKey } from "./store-key.ts";

/** How long one operation of a store may take, in ms; then it has failed, and the session goes on without it. */
export const STORE_TIMEOUT = 5_000;

/** How much longer a lock is waited for where its holder may be asking a human, in ms. */
const HUMAN_PATIENCE = 15 * 60_000;

type Operation = "get" | "set" | "delete" | "lock";

/** What a repository belongs to. */
export interface RepositoryOwner<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly emit: SessionEvents<User>["emit"];
  readonly clock: Clock;
}

/**
 * A store as the engine sees it: typed, and never failing. A failure is an event, and the session continues in memory.
 * A class, because each session with a store has one.
 */
export class SessionRepository<Data, User> {
  readonly #store: SessionStore;
  readonly #owner: RepositoryOwner<Data, User>;
  // One at a time and in order: a write under way must not bring back what is removed after it.
  #tail: Promise<unknown> | undefined;
  #changes = 0;
  #lastChange: (() => Promise<unknown>) | undefined;
  #key: { readonly account: string; readonly text: Promise<string> } | undefined;

  constructor(store: SessionStore, owner: RepositoryOwner<Data, User>) {
    this.#store = store;
    this.#owner = owner;
  }

  /** How long one operation may take, in ms. */
  get #timeout(): number {
    return Math.min(STORE_TIMEOUT, this.#owner.settings.timeout);
  }

  #failed(operation: Operation, error: unknown): void {
    // The store's own message is not shown: it could quote a value.
    const why = isVmsError(error) && error.code === "store_failed" ? ` ${error.message}` : "";
    const wrapped = new StoreFailed(
      this.#owner.flow.vendor,
      `the store's ${operation} failed; the session goes on in memory.${why} Check the store.`,
      { retryable: true },
    );
    this.#owner.emit({ type: "store_failed", operation, error: wrapped });
  }

  #attempt<T>(operation: Operation, run: (late: () => boolean) => Promise<T>): Promise<T | undefined> {
    let late = false;
    const bounded = () => {
      const running = run(() => late);
      const change = operation === "get" ? undefined : ++this.#changes;
      if (change !== undefined) this.#lastChange = () => run(() => false);
      return within(this.#owner.clock, this.#timeout, running, () => {
        late = true;
        // What was given up may still happen, after what came later: then that is done once more.
        const again = () => (change === undefined || change === this.#changes ? undefined : this.#lastChange?.());
        running.then(again, again).catch(() => {});
        return new Error("no answer in time");
      });
    };
    const result = (this.#tail ?? Promise.resolve()).then(bounded).catch((error: unknown) => {
      this.#failed(operation, error);
      return undefined;
    });
    this.#tail = result;
    return result;
  }

  #keyOf(account: string): Promise<string> {
    if (this.#key?.account !== account) this.#key = { account, text: storeKey(this.#owner.flow, account) };
    return this.#key.text;
  }

  async #load(account: string): Promise<SessionRecord<Data, User> | undefined> {
    const { flow } = this.#owner;
    const text = await this.#store.get(await this.#keyOf(account));
    const record = typeof text === "string" ? parseRecord(text) : undefined;
    if (record === undefined || record.vendor !== flow.vendor || record.account !== account) return undefined;
    try {
      if (!isBase(record.baseUrl, flow)) return undefined;
      return { ...record, data: flow.parse(record.data) } as SessionRecord<Data, User>;
    } catch {
      return undefined;
    }
  }

  async #save(record: SessionRecord<Data, User>): Promise<true> {
    const { expiresAt } = record;
    const options = expiresAt === undefined || this.#owner.flow.outlives?.(record.data) ? {} : { expiresAt };
    await this.#store.set(await this.#keyOf(record.account), JSON.stringify(record), options);
    return true;
  }

  /** The account's record, if there is a valid one of this flow. */
  read(account: string): Promise<SessionRecord<Data, User> | undefined> {
    return this.#attempt("get", () => this.#load(account));
  }

  /** @returns whether the store has taken it. */
  async write(record: SessionRecord<Data, User>): Promise<boolean> {
    return (await this.#attempt("set", () => this.#save(record))) ?? false;
  }

  /**
   * Saves when a record was last used, unless the store holds another record by now, or none.
   * @returns `false` if that failed.
   */
  async touch(record: SessionRecord<Data, User>): Promise<boolean> {
    const told = await this.#attempt("set", async (late) => {
      const stored = await this.#load(record.account);
      return late() || stored === undefined || !sameSecret(stored, record) || this.#save(record);
    });
    return told ?? false;
  }

  async remove(account: string): Promise<void> {
    await this.#attempt("delete", async () => this.#store.delete(await this.#keyOf(account)));
  }

  /**
   * Runs under the account's lock if the store has locks; without the lock if taking it fails.
   * @param unwanted ends the wait for the lock when the session is signed out.
   */
  async exclusive<T>(
    account: string,
    run: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    unwanted: AbortSignal,
  ): Promise<T> {
    const { flow, settings, clock } = this.#owner;
    const { timeout, secondFactor } = settings;
    const asksHuman = flow.asksHuman || (secondFactor !== undefined && !isUnattended(secondFactor));
    const patience = asksHuman ? timeout + HUMAN_PATIENCE : timeout;
    let outcome: Promise<T> | undefined;
    let lost = false;
    let given = false;
    const waiting = new AbortController();
    let giveUp = () => {};
    const start = ({ signal: lock }: Lease) => {
      // A lock that comes after it was given up finds nothing more to do.
      if (given) throw new Error("nobody waits for the lock any more");
      giveUp();
      lock.addEventListener("abort", () => (lost = true), { once: true });
      outcome = run(lock);
      // From here on the lock is only given back, which may not take for ever either.
      const arm = () => {
        giveUp = clock.timer(this.#timeout, () => waiting.abort(new Error("no release in time")));
      };
      outcome.then(arm, arm);
      return outcome;
    };
    try {
      if (this.#store.withLock !== undefined) {
        giveUp = clock.timer(patience, () => waiting.abort(new Error("no lock in time")));
        const either = AbortSignal.any([signal, unwanted, waiting.signal]);
        const held = this.#store.withLock(await this.#keyOf(account), start, { signal: either });
        await orAbort(held, either);
      }
    } catch (error) {
      given = true;
      if (outcome === undefined) {
        signal.throwIfAborted();
        unwanted.throwIfAborted();
      }
      if (outcome === undefined || waiting.signal.aborted || lost) this.#failed("lock", error);
      const done = await outcome?.then(
        (value) => ({ value }),
        () => undefined,
      );
      if (done !== undefined) return done.value;
      // Without the lock a second login is possible, but none at all would be worse.
      if (outcome === undefined || (lost && !signal.aborted)) return run(signal);
    } finally {
      giveUp();
    }
    // Once it ran, what it yielded counts, whatever the release of the lock said.
    return outcome ?? run(signal);
  }
}

// What calls are joined to: an origin of the vendor and a path with its slash, and nothing that joining could bend.
function isBase(baseUrl: string, flow: Pick<Flow<never, never>, "baseUrl" | "allowedOrigins">): boolean {
  const { origin, pathname } = new URL(baseUrl);
  const allowed = origin === flow.baseUrl.origin || matchesOrigin(origin, flow.allowedOrigins ?? []);
  const path = origin === flow.baseUrl.origin ? flow.baseUrl.pathname : pathname;
  return allowed && pathname.endsWith("/") && baseUrl === origin + path;
}
