import { check } from "../checks.ts";
import type { FlowContractOptions } from "./contract-options.ts";
import type { Topic } from "./topics.ts";

/** The last clause. Its test prints the report. */
export const REPORT = "each clause that is not tested has a reason, and is printed";

/**
 * Prints which clauses are not tested, and why. Clauses with the same reason share a line.
 * @throws {Error} `Error` if a reason is missing, or is given for a clause that is tested.
 */
export function report(topics: readonly Topic[], options: FlowContractOptions): void {
  const { cannot = {} } = options;
  const missing: string[] = [];
  const names = new Map<string, string[]>();
  for (const { option, isTested, clauses, reason } of topics) {
    if (isTested) continue;
    if (reason === undefined) missing.push(option);
    const why = `(${option}): ${reason ?? "no reason is given."}`;
    names.set(why, [...(names.get(why) ?? []), ...clauses.map(({ name }) => name)]);
  }
  for (const [why, clauses] of names) notTested(clauses, why, options);
  const list = missing.map((option) => `\`${option}\``).join(", ");
  check(missing.length === 0, `the options have no ${list}. Set them, or give a reason for each in \`cannot\`.`);
  for (const option of Object.keys(cannot)) {
    const topic = topics.find((one) => one.option === option);
    check(
      topic !== undefined && !topic.isTested,
      `\`cannot.${option}\` gives a reason for clauses that are tested, or for no clause.`,
    );
  }
}

export function notTested(names: readonly string[], why: string, { print = log }: FlowContractOptions): void {
  print(`not tested: ${names.map((name) => `"${name}"`).join(", ")} ${why}`);
}

function log(line: string): void {
  // biome-ignore lint/suspicious/noConsole: each runner shows the console, but not the names of all passed tests.
  console.log(line);
}
