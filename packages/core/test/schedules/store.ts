import type { SessionStore } from "../../src/contract/session-store.ts";
import type { Board } from "./board.ts";
import type { Fleet, Member } from "./fleet.ts";
import type { World } from "./world.ts";

interface Lock {
  readonly owner: Member;
  readonly lost: AbortController;
  /** Whether it is still the latest. */
  isHeld: boolean;
}

/** What a store has, and since when. */
export interface Stored {
  readonly token: string | undefined;
  readonly since: number;
}

/** A store whose every operation is a step. It fences: what lost its lock cannot write by its lease. */
export interface WorldStore {
  storeOf(member: Member): SessionStore;
  /** The session that the store has. */
  stored(): Stored;
  hasLock(): boolean;
  /** The lock is lost. Its holder hears of it in another step. */
  loseLock(): void;
  /** A process is gone, and its lock expires. */
  killed(member: Member): void;
}

const KEY = "the store";
const LOCK = "the lock";

export function createStore(world: World, board: Board, fleet: Fleet): WorldStore {
  const values = new Map<string, string>();
  let lock: Lock | undefined;
  let stored: Stored = { token: undefined, since: 0 };

  function operation<T>(member: Member, what: string, how: "reads" | "changes", run: () => T): Promise<T> {
    const name = fleet.nameOf(member, what);
    return new Promise<T>((resolve, reject) => {
      const settle = (effect: () => T) => {
        try {
          resolve(effect());
        } catch (error) {
          reject(error);
        }
      };
      const effect = () => {
        board.touch(KEY, how);
        return run();
      };
      if (world.slowStore !== true) {
        fleet.post(member, { key: name, by: member.name, run: () => settle(effect) });
        return;
      }
      fleet.post(member, {
        key: name,
        run() {
          let outcome: () => T;
          try {
            const value = effect();
            outcome = () => value;
          } catch (error) {
            outcome = () => {
              throw error;
            };
          }
          fleet.post(member, { key: `${name} is done`, of: name, by: member.name, run: () => settle(outcome) });
        },
      });
    });
  }

  function write(key: string, value: string | undefined): void {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
    const { session } = JSON.parse(value ?? "{}") as { session?: { data: string } };
    if (session?.data !== stored.token) stored = { token: session?.data, since: fleet.clock.now() };
  }

  function withLock<T>(
    member: Member,
    key: string,
    run: Parameters<NonNullable<SessionStore["withLock"]>>[1],
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const name = fleet.nameOf(member, "gets the lock");
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        withdraw();
        reject(signal?.reason);
      };
      const withdraw = fleet.post(member, {
        key: name,
        by: member.name,
        isReady: () => lock === undefined,
        changes: [LOCK, member.name],
        run() {
          signal?.removeEventListener("abort", onAbort);
          board.touch(LOCK, "changes");
          const mine: Lock = { owner: member, lost: new AbortController(), isHeld: true };
          lock = mine;
          const fenced = () => {
            if (!mine.isHeld) throw new Error("the lock was lost.");
          };
          const set: SessionStore["set"] = (name, value) =>
            operation(member, "writes by its lease", "changes", () => {
              board.touch(LOCK, "reads");
              fenced();
              write(name, value);
            });
          const release = () => {
            mine.isHeld = false;
            if (lock !== mine) return;
            board.touch(LOCK, "changes");
            lock = undefined;
          };
          run({ signal: mine.lost.signal, set }).finally(release).then(resolve as (value: unknown) => void, reject);
        },
      });
      signal?.addEventListener("abort", onAbort);
    });
  }

  function free(): void {
    if (lock !== undefined) lock.isHeld = false;
    board.touch(LOCK, "changes");
    lock = undefined;
  }

  return {
    storeOf(member) {
      const store: SessionStore = {
        get: (key) => operation(member, "reads the store", "reads", () => values.get(key)),
        set: (key, value) => operation(member, "writes to the store", "changes", () => write(key, value)),
        delete: (key) => operation(member, "deletes from the store", "changes", () => write(key, undefined)),
      };
      if (world.store === "without locks") return store;
      return { ...store, withLock: (key, run, options) => withLock(member, key, run, options?.signal) };
    },
    stored: () => stored,
    hasLock: () => lock !== undefined,
    loseLock() {
      const held = lock;
      free();
      if (held === undefined || world.neverHears === true) return;
      const name = fleet.nameOf(held.owner, "hears that its lock is lost");
      fleet.post(held.owner, { key: name, by: held.owner.name, run: () => held.lost.abort(new Error("lost")) });
    },
    killed(member) {
      if (lock?.owner !== member) return;
      board.touch(LOCK, "reads");
      if (world.locksOutlive !== true) board.post({ key: `the lock of ${member.name} expires`, run: free });
    },
  };
}
