import type { SessionStore } from "@vms/core";
import { within } from "../checks.ts";

/** A store, and further functions for the contract. */
export interface StoreUnderTest {
  readonly store: SessionStore;
  /** Opens a second handle on the same data, like another process. It enables the clauses about handles. */
  readonly again?: (() => SessionStore | Promise<SessionStore>) | undefined;
  /** Releases the resources of the store and its handles. Called after each clause. */
  readonly close?: (() => unknown) | undefined;
}

/** Creates the store of one clause: an empty store, or one whose keys are not used elsewhere. */
export type MakeStore = () => SessionStore | StoreUnderTest | Promise<SessionStore | StoreUnderTest>;

/** Features of the store beyond the required part of the contract. */
export interface StoreContractOptions {
  /** Whether the store must have `withLock`. Default: its locks are tested if it has them. */
  readonly locks?: boolean | undefined;
  /** How long a clause may take, in ms. Default: 4,500. */
  readonly timeout?: number | undefined;
}

/** The store and the keys of a clause. */
export interface StoreSubject {
  readonly store: SessionStore;
  readonly again: (() => Promise<SessionStore>) | undefined;
  /** A unique key, or exactly this one. Its value is deleted after the clause. */
  key(name?: string, exactly?: boolean): string;
}

/** Creates the store of one clause, and cleans up afterwards. */
export async function withStore(make: MakeStore, prove: (subject: StoreSubject) => Promise<void>): Promise<void> {
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
