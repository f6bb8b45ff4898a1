import type { Lease, SessionStore } from "@vms/core";
import { check, failureOf, pause, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { type Lock, lockOf, onLocks } from "./locks.ts";
import type { StoreSubject } from "./subject.ts";

/** Checks that a lease rejects a write with an error that callers can recognise. */
async function refuses(lease: Lease, key: string, what: string): Promise<void> {
  const error = await failureOf(() => lease.set(key, "late"), what);
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  check(code === "store_failed", `${what} fails with something other than StoreFailed of @vms/core.`);
}

/** Returns a lease whose run has ended. */
async function endedLease(lock: Lock, key: string): Promise<Lease> {
  let kept: Lease | undefined;
  await lock(key, async (lease) => {
    kept = lease;
  });
  check(kept !== undefined, "the function got no lease.");
  return kept;
}

export const leaseClauses: readonly Clause<StoreSubject>[] = [
  onLocks("a lock passes a lease to its function, and the lease's signal is not aborted", async (lock, { key }) => {
    const given = await lock(key("lease"), async (lease: Lease | undefined) => {
      await pause();
      return { aborted: lease?.signal?.aborted, set: typeof lease?.set };
    });
    same(given, { aborted: false, set: "function" }, "`signal.aborted` and the type of `set` of the lease");
  }),
  onLocks("a lease writes the value of the locked key", async (lock, { store, again, key }) => {
    const other = (await again?.()) ?? store;
    await lock(key("lease"), async ({ set }) => {
      await set(key("lease"), "first");
      same(await store.get(key("lease")), "first", "get after a lease has written");
      await set(key("lease"), "second", { expiresAt: Date.now() + 60_000 });
      same(await other.get(key("lease")), "second", "get by another handle after a lease has written");
    });
    same(await store.get(key("lease")), "second", "get after the lock was released");
  }),
  onLocks("a lease writes only the locked key", async (lock, { store, key }) => {
    await store.set(key("other"), "value");
    await lock(key("lease"), async (lease) => {
      await refuses(lease, key("other"), "set of another key by a lease");
      await refuses(lease, key("new"), "set of another key by a lease");
      await lease.set(key("lease"), "value");
    });
    same(await store.get(key("other")), "value", "get of the other key");
    same(await store.get(key("new")), undefined, "get of a new key");
    same(await store.get(key("lease")), "value", "get of the locked key");
  }),
  onLocks("a lease that is used after its run writes nothing, and rejects", async (lock, { store, again, key }) => {
    const kept = await endedLease(lock, key("lease"));
    await refuses(kept, key("lease"), "set by a lease whose run has ended");
    same(await store.get(key("lease")), undefined, "get after a lease whose run has ended was used");
    const other: SessionStore = (await again?.()) ?? store;
    await (lockOf(other) ?? lock)(key("lease"), async (lease) => {
      await lease.set(key("lease"), "newer");
      await refuses(kept, key("lease"), "set by a lease whose run has ended, while another caller holds the lock");
      same(await store.get(key("lease")), "newer", "get under the lock after an old lease was used");
    });
    await refuses(kept, key("lease"), "set by a lease whose run has ended");
    same(await store.get(key("lease")), "newer", "get after an old lease was used");
  }),
  onLocks("a lease whose lock is lost writes nothing, and rejects", async (lock, { store, again, loseLock, key }) => {
    if (loseLock === undefined) return;
    const other: SessionStore = (await again?.()) ?? store;
    await lock(key("lease"), async (lease) => {
      await lease.set(key("lease"), "first");
      await loseLock(key("lease"));
      await refuses(lease, key("lease"), "set by a lease whose lock is lost");
      same(await store.get(key("lease")), "first", "get after a lease without its lock was used");
      await (lockOf(other) ?? lock)(key("lease"), async (next) => {
        await next.set(key("lease"), "newer");
        await refuses(lease, key("lease"), "set by a lease whose lock another caller holds");
      });
    });
    same(await store.get(key("lease")), "newer", "get after a lease without its lock was used");
  }),
];
