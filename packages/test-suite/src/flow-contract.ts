import { CLAUSE_TIMEOUT, type ContractTest, register } from "./clause.ts";
import { cachingClauses } from "./flow/caching.ts";
import type { FlowContractOptions } from "./flow/contract-options.ts";
import type { ContractServer, MakeSession } from "./flow/contract-server.ts";
import { cookieClauses } from "./flow/cookies.ts";
import { faultClauses } from "./flow/faults.ts";
import { originClauses } from "./flow/origins.ts";
import { REPORT, report } from "./flow/report.ts";
import { secrecyClauses } from "./flow/secrets/secrecy.ts";
import { signingInClauses } from "./flow/signing-in.ts";
import { signingOutClauses } from "./flow/signing-out.ts";
import { storageClauses } from "./flow/storage.ts";
import { withSubject } from "./flow/subject.ts";
import { commonClauses, signOutTopic, type Topic, topicsOf } from "./flow/topics.ts";

/**
 * Tests a vendor's flow against a server of that vendor. Each clause is a separate test. The `fetch` of the sessions
 * simulates network failures, so the server does not need to. The last test prints which clauses were not tested, and why.
 * @param test the `test` of vitest, node:test or bun test.
 * @param makeSession the vendor's `create<Vendor>Session`.
 * @param server the server, or a function that creates one for each clause. Clauses with one server run in sequence.
 * @param options the facts that the contract cannot detect, and the time limit.
 * @example
 * flowContract(test, createAltaSession, () => createAltaServer(), {
 *   resumes: true,
 *   lifetime: { expiresHint: 86_400_000 },
 *   calls: ["api/v1/devices"],
 *   cannot: { post: "the documentation has no call with a body", forbiddenCall: "the documentation has no roles" },
 * });
 */
export function flowContract(
  test: ContractTest,
  makeSession: MakeSession,
  server: ContractServer | (() => ContractServer | Promise<ContractServer>),
  options: FlowContractOptions = {},
): void {
  const { timeout = CLAUSE_TIMEOUT } = options;
  const signOut = signOutTopic(options);
  const topics = topicsOf(options);
  const chosen = ({ isTested, clauses, otherwise }: Topic) => (isTested ? clauses : otherwise);
  const clauses = [
    ...signingInClauses,
    ...faultClauses,
    ...cookieClauses,
    ...originClauses,
    ...secrecyClauses,
    ...storageClauses,
    ...signingOutClauses,
    ...chosen(signOut),
    ...cachingClauses,
    ...commonClauses,
    ...topics.flatMap(chosen),
  ];
  const moved = { ms: 0 };
  let tail: Promise<unknown> = Promise.resolve();
  register(test, clauses, timeout, async (prove) => {
    if (typeof server === "function") {
      const own = await server();
      return withSubject(makeSession, own, options, { ms: 0 }, prove).finally(() => own.close?.());
    }
    const turn = tail.then(() => withSubject(makeSession, server, options, moved, prove));
    tail = turn.catch(() => {});
    return turn;
  });
  test(REPORT, () => report([signOut, ...topics], options));
}
