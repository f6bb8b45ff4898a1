import type { SessionStore } from "@vms/core";
import { within } from "../checks.ts";

/** A store, and optional functions for testing it. */
export interface StoreUnderTest {
  /** The store. */
  readonly store: SessionStore;
  /**
   * Creates a second handle on the same data, like that of another process. It enables the clauses on handles. Default:
   * these clauses pass untested.
   */
  readonly again?: (() => SessionStore | Promise<SessionStore>) | undefined;
  /**
   * Takes the lock of a key away from its holder without notice, as if the holder had been suspended for too
   * long. It enables the clause on lost locks. Omit it if no lock can be lost.
   */
  readonly loseLock?: ((key: string) => unknown) | undefined;
  /** Releases the connections and directories of the store and its handles. Called after each clause. */
  readonly close?: (() => unknown) | undefined;
}

/** Creates the store of one clause: an empty store, or a store whose keys nothing else uses during the clause. */
export type MakeStore = () => SessionStore | StoreUnderTest | Promise<SessionStore | StoreUnderTest>;

/** Options of `storeContract`. */
export interface StoreContractOptions {
  /** `true`: a clause fails if the store has no `withLock`. Default: locks are tested if the store has them. */
  readonly locks?: boolean | undefined;
  /** How long a clause may take, in ms. Default: 4,500. */
  readonly timeout?: number | undefined;
}

export interface StoreSubject {
  readonly store: SessionStore;
  readonly again: (() => Promise<SessionStore>) | undefined;
  readonly loseLock: ((key: string) => Promise<void>) | undefined;
  /** Returns an unused key, or the given one. Its value is removed after the clause. */
  key(name?: string, exactly?: boolean): string;
}

/** Creates the store of one clause, and cleans up afterwards. */
export async function withStore(make: MakeStore, prove: (subject: StoreSubject) => Promise<void>): Promise<void> {
  const made = await make();
  const { store, again, loseLock, close }: StoreUnderTest = "store" in made ? made : { store: made };
  const unique = crypto.randomUUID();
  const keys = new Set<string>();
  try {
    await prove({
      store,
      again: again && (async () => again()),
      loseLock: loseLock && (async (key) => void (await loseLock(key))),
      key(name = "key", exactly = false) {
        const key = exactly ? name : `vms-contract|${unique}|${name}`;
        keys.add(key);
        return key;
      },
    });
  } finally {
    const removed = Promise.allSettled([...keys].map(async (key) => store.delete(key)));
    await within(removed, 1_000, "").catch(() => {});
    await close?.();
  }
}
