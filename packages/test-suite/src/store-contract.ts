import { CLAUSE_TIMEOUT, type ContractTest, register } from "./clause.ts";
import { leaseClauses } from "./store/leases.ts";
import { hasLocks, lockClauses } from "./store/locks.ts";
import { type MakeStore, type StoreContractOptions, withStore } from "./store/subject.ts";
import { valueClauses } from "./store/values.ts";

/**
 * Tests that a store works with `@vms/core`. Each clause is a separate test with a separate store.
 * @param test the `test` of vitest, node:test or bun test.
 * @param makeStore creates the store of one clause, and if possible a second handle on the same data.
 * @param options whether locks are required, and the time limit of a clause.
 * @example
 * storeContract(test, () => memoryStore(), { locks: true });
 */
export function storeContract(test: ContractTest, makeStore: MakeStore, options: StoreContractOptions = {}): void {
  const { locks = false, timeout = CLAUSE_TIMEOUT } = options;
  const clauses = [...valueClauses, ...(locks ? [hasLocks] : []), ...lockClauses, ...leaseClauses];
  register(test, clauses, timeout, (prove) => withStore(makeStore, prove));
}
