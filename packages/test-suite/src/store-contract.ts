import { CLAUSE_TIMEOUT, type ContractTest, register } from "./contract.ts";
import { hasLocks, lockClauses } from "./store/locks.ts";
import { type MakeStore, type StoreContractOptions, withStore } from "./store/under-test.ts";
import { valueClauses } from "./store/values.ts";

/**
 * Proves that a store keeps sessions as `@vms/core` needs them kept. Each clause is a test of its own, with a store of
 * its own.
 * @param test the `test` of vitest, node:test or bun test.
 * @param makeStore makes the store of one clause, and where it can, a second handle on the same data.
 */
export function storeContract(test: ContractTest, makeStore: MakeStore, options: StoreContractOptions = {}): void {
  const { locks = false, timeout = CLAUSE_TIMEOUT } = options;
  const clauses = [...valueClauses, ...(locks ? [hasLocks] : []), ...lockClauses];
  register(test, clauses, timeout, (prove) => withStore(makeStore, prove));
}
