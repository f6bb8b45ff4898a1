import { type Lease, memoryStore } from "@vms/core";
import type { StoreUnderTest } from "../src/index.ts";
import type { BrokenStore } from "./broken-stores.ts";
import { failure, type Whole, withLease } from "./with-lease.ts";

/** A correct store whose locks can be lost, or a store whose leases do not detect that. */
export function losableStore(isFenced = true): StoreUnderTest {
  const values = memoryStore() as Whole;
  const holders = new Map<string, () => void>();
  const withLock: Whole["withLock"] = async (key, run, options) => {
    const lost = Promise.withResolvers<void>();
    let isHeld = true;
    const start = async () => {
      holders.set(key, () => {
        isHeld = false;
        lost.resolve();
      });
      const running = withLease(values, key, (lease) => {
        const set: Lease["set"] = (...parameters) =>
          isFenced && !isHeld ? Promise.reject(failure("the lock was lost.", true)) : lease.set(...parameters);
        return run({ ...lease, set });
      });
      await Promise.race([running, lost.promise]).catch(() => {});
      return { running };
    };
    return (await values.withLock(key, start, options)).running;
  };
  const store = { ...values, withLock };
  return { store, again: () => store, loseLock: (key) => holders.get(key)?.() };
}

/** A store whose leases have one defect. */
const row = (how: string, fails: string, change: (lease: Lease, key: string, store: Whole) => Lease): BrokenStore => ({
  how,
  fails: [fails],
  makeStore() {
    const store = memoryStore() as Whole;
    const withLock: Whole["withLock"] = (key, run, options) =>
      store.withLock(key, (lease) => run(change(lease, key, store)), options);
    return { ...store, withLock };
  },
});

export const brokenLeases: readonly BrokenStore[] = [
  row(
    "a lease without a signal",
    "a lock passes a lease to its function, and the lease's signal is not aborted",
    ({ set }) => {
      return { set } as Lease;
    },
  ),
  row(
    "a signal in place of a lease",
    "a lock passes a lease to its function, and the lease's signal is not aborted",
    (lease) => {
      return Object.assign(lease.signal, { set: lease.set }) as unknown as Lease;
    },
  ),
  row("a lease that drops values with an end", "a lease writes the value of the locked key", (lease, _, store) => ({
    ...lease,
    async set(key, value, options) {
      await lease.set(key, value);
      if (options !== undefined) await store.delete(key);
    },
  })),
  row("a lease for every key", "a lease writes only the locked key", (lease, locked, store) => ({
    ...lease,
    set: (key, ...rest) => (key === locked ? lease : store).set(key, ...rest),
  })),
  row(
    "a lease whose set is the store's own",
    "a lease that is used after its run writes nothing, and rejects",
    (lease, locked, store) => ({
      ...lease,
      set: (key, ...rest) => (key === locked ? store : lease).set(key, ...rest),
    }),
  ),
  row(
    "a lease that writes nothing, and does not reject",
    "a lease that is used after its run writes nothing, and rejects",
    (lease, locked) => ({
      ...lease,
      set: (key, ...rest) =>
        lease.set(key, ...rest).catch((error) => (key === locked ? undefined : Promise.reject(error))),
    }),
  ),
  {
    how: "a lease that writes without its lock",
    fails: ["a lease whose lock is lost writes nothing, and rejects"],
    makeStore: () => losableStore(false),
  },
];
