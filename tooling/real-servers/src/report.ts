import type { Question } from "./questions.ts";

/** The result of a question. */
export interface Answer extends Pick<Question, "of" | "sentence"> {
  /** `known`: it fails for a known reason. `cannot`: it does not apply to the server. */
  readonly verdict: "passed" | "failed" | "known" | "cannot";
  /** The error, or the reason. */
  readonly why: string | undefined;
}

const MARKS = { passed: "yes", failed: "NO ", known: "no ", cannot: "—  " } as const;

/** Formats the answers of one server, with the counts in the last line. */
export function report(answers: readonly Answer[]): string {
  const lines = answers.flatMap(({ of, sentence, verdict, why }) => [
    `  ${MARKS[verdict]}  ${of.padEnd(8)}  ${sentence}`,
    ...(why === undefined ? [] : why.split("\n").map((line) => `                 ${line}`)),
  ]);
  const count = (verdict: Answer["verdict"]) => answers.filter((one) => one.verdict === verdict).length;
  return [
    ...lines,
    `  ${count("passed")} passed, ${count("failed")} failed, ${count("known")} fail as known, ${count("cannot")} not asked`,
  ].join("\n");
}
