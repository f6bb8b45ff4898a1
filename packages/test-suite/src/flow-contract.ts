import { CLAUSE_TIMEOUT, type ContractTest, register } from "./clause.ts";
import { cachingClauses } from "./flow/caching.ts";
import type { ContractServer, FlowContractOptions, MakeSession } from "./flow/contract-server.ts";
import { faultClauses } from "./flow/faults.ts";
import { originClauses } from "./flow/origins.ts";
import { secrecyClauses } from "./flow/secrecy.ts";
import { signingInClauses } from "./flow/signing-in.ts";
import { localSignOutClauses, signingOutClauses, vendorSignOutClauses } from "./flow/signing-out.ts";
import { storageClauses } from "./flow/storage.ts";
import { withSubject } from "./flow/subject.ts";

/**
 * Tests a vendor's flow against a server of that vendor. Each clause is a separate test. The `fetch` of the sessions
 * simulates network failures, so the server does not need to.
 * @param test the `test` of vitest, node:test or bun test.
 * @param makeSession the vendor's `create<Vendor>Session`.
 * @param server the server, or a function that creates one for each clause. Clauses with one server run in sequence.
 * @param options what the contract cannot find out, and the time limit of a clause.
 * @example
 * flowContract(test, createAltaSession, () => createAltaServer());
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
    ...originClauses,
    ...secrecyClauses,
    ...storageClauses,
    ...signingOutClauses,
    ...(signsOut ? vendorSignOutClauses : localSignOutClauses),
    ...cachingClauses,
  ];
  let tail: Promise<unknown> = Promise.resolve();
  register(test, clauses, timeout, async (prove) => {
    if (typeof server === "function") {
      const own = await server();
      return withSubject(makeSession, own, prove).finally(() => own.close?.());
    }
    const turn = tail.then(() => withSubject(makeSession, server, prove));
    tail = turn.catch(() => {});
    return turn;
  });
}
