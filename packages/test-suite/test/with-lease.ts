import { type Lease, type SessionStore, StoreFailed } from "@vms/core";
import { type LeaseWriter, openLease } from "@vms/core/internal";

export type Whole = Required<SessionStore>;

export const failure: LeaseWriter["failure"] = (message, retryable) => new StoreFailed("core", message, { retryable });

/** Runs a function with a correct lease that writes to a store, without a lock. */
export async function withLease<T>(
  { set }: Pick<SessionStore, "set">,
  key: string,
  run: (lease: Lease) => Promise<T>,
): Promise<T> {
  const write = (value: string, options: { expiresAt?: number }) => set(key, value, options).then(() => true);
  const { lease, end } = openLease(key, new AbortController().signal, { write, failure });
  try {
    return await run(lease);
  } finally {
    await end();
  }
}
