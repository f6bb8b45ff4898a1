import { check } from "../checks.ts";
import type { FlowContractOptions } from "./contract-options.ts";
import type { Topic } from "./topics.ts";

/** The last clause. Its test prints the report. */
export const REPORT = "what is not asked has a reason, and is printed";

/**
 * Prints which clauses are not asked, and why. Clauses with one reason share a line.
 * @throws {Error} `Error` if a reason is missing, or is given for what is asked.
 */
export function report(topics: readonly Topic[], options: FlowContractOptions): void {
  const { cannot = {} } = options;
  const missing: string[] = [];
  const names = new Map<string, string[]>();
  for (const { option, isAsked, clauses, reason } of topics) {
    if (isAsked) continue;
    if (reason === undefined) missing.push(option);
    const why = `(${option}): ${reason ?? "no reason is given."}`;
    names.set(why, [...(names.get(why) ?? []), ...clauses.map(({ name }) => name)]);
  }
  for (const [why, clauses] of names) notAsked(clauses, why, options);
  const list = missing.map((option) => `\`${option}\``).join(", ");
  check(missing.length === 0, `the options have no ${list}. Give them, or say in \`cannot\` why the server cannot.`);
  for (const option of Object.keys(cannot)) {
    const topic = topics.find((one) => one.option === option);
    check(topic !== undefined && !topic.isAsked, `\`cannot.${option}\` is a reason for nothing, or for what is asked.`);
  }
}

/** Prints that clauses are not asked. */
export function notAsked(names: readonly string[], why: string, { print = log }: FlowContractOptions): void {
  print(`not asked: ${names.map((name) => `"${name}"`).join(", ")} ${why}`);
}

function log(line: string): void {
  // biome-ignore lint/suspicious/noConsole: each runner shows it, and no runner shows the names of all passed tests.
  console.log(line);
}
