import { CLAUSE_TIMEOUT, type ContractTest, register } from "./contract.ts";
import { withBench } from "./flow/bench.ts";
import { faultClauses } from "./flow/faults.ts";
import { homeClauses } from "./flow/home.ts";
import { secrecyClauses } from "./flow/secrecy.ts";
import type { ContractServer, FlowContractOptions, MakeSession } from "./flow/server.ts";
import { signingInClauses } from "./flow/signing-in.ts";
import { localSignOutClauses, signingOutClauses, vendorSignOutClauses } from "./flow/signing-out.ts";
import { storageClauses } from "./flow/storage.ts";

/**
 * Proves a vendor's flow against a server of that vendor. Each clause is a test of its own. Faults are made at the edge
 * of the network, by the `fetch` that sessions are given: the server need not know of them.
 * @param test the `test` of vitest, node:test or bun test.
 * @param makeSession the vendor's `create<Vendor>Session`.
 * @param server the server, or better what makes one for each clause: with one for all, clauses wait for each other.
 */
export function flowContract(
  test: ContractTest,
  makeSession: MakeSession,
  server: ContractServer | (() => ContractServer | Promise<ContractServer>),
  options: FlowContractOptions = {},
): void {
  const { signsOut = true, timeout = CLAUSE_TIMEOUT } = options;
  const clauses = [
    ...signingInClauses,
    ...faultClauses,
    ...homeClauses,
    ...secrecyClauses,
    ...storageClauses,
    ...signingOutClauses,
    ...(signsOut ? vendorSignOutClauses : localSignOutClauses),
  ];
  let tail: Promise<unknown> = Promise.resolve();
  register(test, clauses, timeout, async (prove) => {
    if (typeof server === "function") {
      const own = await server();
      return withBench(makeSession, own, prove).finally(() => own.close?.());
    }
    const turn = tail.then(() => withBench(makeSession, server, prove));
    tail = turn.catch(() => {});
    return turn;
  });
}
