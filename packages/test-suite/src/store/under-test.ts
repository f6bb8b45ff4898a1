import type { SessionStore } from "@vms/core";
import { within } from "../checks.ts";

/** A store, and what else the contract may do with it. */
export interface StoreUnderTest {
  readonly store: SessionStore;
  /** A second handle on the same data, as another process would have it. It enables the clauses on handles. */
  readonly again?: (() => SessionStore | Promise<SessionStore>) | undefined;
  /** Gives back what the store and its handles hold: connections, directories. Called after each clause. */
  readonly close?: (() => unknown) | undefined;
}

/** Makes the store of one clause: an empty one, or one whose keys nobody else uses meanwhile. */
export type MakeStore = () => SessionStore | StoreUnderTest | Promise<SessionStore | StoreUnderTest>;

/** What the store promises beyond the contract's required part. */
export interface StoreContractOptions {
  /** The store has `withLock`: a clause of its own fails where it has not. Default: its locks are tested where it has them. */
  readonly locks?: boolean | undefined;
  /** How long a clause may take, in ms. Default: 4,500. */
  readonly timeout?: number | undefined;
}

/** What a clause works with. */
export interface StoreBench {
  readonly store: SessionStore;
  readonly again: (() => Promise<SessionStore>) | undefined;
  /** A key that nobody else has, or exactly this one; what stands under it is removed after the clause. */
  key(name?: string, exactly?: boolean): string;
}

/** Opens a store for one clause, and cleans up after it. */
export async function withStore(make: MakeStore, prove: (bench: StoreBench) => Promise<void>): Promise<void> {
  const made = await make();
  const { store, again, close }: StoreUnderTest = "store" in made ? made : { store: made };
  const unique = crypto.randomUUID();
  const keys = new Set<string>();
  try {
    await prove({
      store,
      again: again && (async () => again()),
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
