import { within } from "./checks.ts";

/** The `test` of vitest, node:test or bun test, or any other function that accepts a name and a test. */
export type ContractTest = (name: string, run: () => Promise<void> | void) => unknown;

/** One clause of a contract: a sentence and its test. */
export interface Clause<Subject> {
  readonly name: string;
  readonly prove: (subject: Subject) => Promise<void>;
}

/** How long a clause may take, in ms: less than the five-second limit of most runners, which report less. */
export const CLAUSE_TIMEOUT = 4_500;

/** Registers each clause with the runner, which decides when and in which order they run. */
export function register<Subject>(
  test: ContractTest,
  clauses: readonly Clause<Subject>[],
  timeout: number,
  hold: (prove: (subject: Subject) => Promise<void>) => Promise<void>,
): void {
  for (const { name, prove } of clauses) {
    // Runners check the number of parameters of a test, so this function has none.
    test(name, () =>
      hold((subject) =>
        within(
          prove(subject),
          timeout,
          `the clause did not end in ${timeout} ms. Raise \`timeout\` if the server is slow.`,
        ),
      ),
    );
  }
}
