import type { Lease, SessionStore } from "../../../src/contract/session-store.ts";
import type { Board } from "../search/board.ts";
import type { Fleet, Member } from "./fleet.ts";
import type { Stored, Witness } from "./witness.ts";
import type { World } from "./world.ts";

interface Lock {
  readonly owner: Member;
  readonly lost: AbortController;
  /** Whether it is the first lock of its owner. */
  readonly isFirst: boolean;
  /** Whether it is still the latest lock. */
  isHeld: boolean;
}

/** A store in which each operation is a step. A lease whose lock is lost cannot write. */
export interface WorldStore {
  storeOf(member: Member): SessionStore;
  stored(): Stored;
  /** Whether the lock is held. With a session: whether its first lock is held. */
  hasLock(member?: Member): boolean;
  /** Takes the lock from its holder, which learns of it in another step. */
  loseLock(): void;
  /** Ends a process, whose lock then expires. */
  killed(member: Member): void;
}

const KEY = "the store";
const LOCK = "the lock";

export function createStore(world: World, board: Board, fleet: Fleet, witness: Witness): WorldStore {
  const values = new Map<string, string>();
  const owners = new Set<Member>();
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
    const token = tokenIn(value);
    if (token !== stored.token) stored = { token, since: fleet.clock.now() };
  }

  function set(member: Member, what: string, key: string, value: string, check = () => {}): Promise<void> {
    witness.stores(member, tokenIn(value));
    return operation(member, what, "changes", () => {
      check();
      write(key, value);
    });
  }

  function withLock<T>(
    member: Member,
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
        takes: LOCK,
        run() {
          signal?.removeEventListener("abort", onAbort);
          board.touch(LOCK, "changes");
          const mine: Lock = { owner: member, lost: new AbortController(), isFirst: !owners.has(member), isHeld: true };
          owners.add(member);
          lock = mine;
          const requireHeld = () => {
            board.touch(LOCK, "reads");
            if (!mine.isHeld) throw new Error("the lock was lost.");
          };
          const release = () => {
            mine.isHeld = false;
            board.touch(LOCK, "changes");
            if (lock === mine) lock = undefined;
          };
          const lease: Lease = {
            signal: mine.lost.signal,
            set: (name, value) => set(member, "writes by its lease", name, value, requireHeld),
          };
          run(lease)
            .finally(release)
            .then(resolve as (value: unknown) => void, reject);
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
        set: (key, value) => set(member, "writes to the store", key, value),
        delete: (key) => operation(member, "deletes from the store", "changes", () => write(key, undefined)),
      };
      if (world.store === "without locks") return store;
      return { ...store, withLock: (_key, run, options) => withLock(member, run, options?.signal) };
    },
    stored: () => stored,
    hasLock: (member) => lock !== undefined && (member === undefined || (lock.owner === member && lock.isFirst)),
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

function tokenIn(value: string | undefined): string | undefined {
  return (JSON.parse(value ?? "{}") as { session?: { data: string } }).session?.data;
}
