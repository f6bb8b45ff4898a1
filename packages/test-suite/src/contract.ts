import { within } from "./checks.ts";

/** The `test` of vitest, node:test, bun test, or of anything else that takes a name and a function. */
export type ContractTest = (name: string, run: () => Promise<void> | void) => unknown;

/** One clause of a contract: a sentence, and what proves it. */
export interface Clause<Subject> {
  readonly name: string;
  readonly prove: (subject: Subject) => Promise<void>;
}

/** How long a clause may take, in ms: less than the five seconds after which most runners give up with a worse message. */
export const CLAUSE_TIMEOUT = 4_500;

/** Gives each clause to the runner. Nothing runs here: the runner decides when, and in which order. */
export function register<Subject>(
  test: ContractTest,
  clauses: readonly Clause<Subject>[],
  timeout: number,
  hold: (prove: (subject: Subject) => Promise<void>) => Promise<void>,
): void {
  for (const { name, prove } of clauses) {
    // Runners look at how many parameters a test has: this one has none.
    test(name, () => hold((subject) => within(prove(subject), timeout, `the clause did not end in ${timeout} ms.`)));
  }
}
