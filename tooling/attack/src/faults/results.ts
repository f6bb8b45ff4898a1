import type { Cell } from "./cell.ts";

/**
 * The result of each fault, by sign-in, step and fault. Counts follow the result, as in
 * `signed in | 3 requests | 1 code`.
 */
export type Results = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** Separates a result from its counts. */
const SEPARATOR = " | ";

/** The results of one sign-in by step and fault. */
export function resultsOf(cells: readonly Cell[], stepOf: (cell: Cell) => string): Results[string] {
  const found: Record<string, Record<string, string>> = {};
  for (const cell of cells) {
    const step = stepOf(cell);
    found[step] = { ...found[step], [cell.row]: [cell.text, ...cell.counts].join(SEPARATOR) };
  }
  return found;
}

/** The result and the counts of one fault in one step. */
export function cellAt(
  results: Results,
  signIn: string,
  step: string,
  fault: string,
): { result: string; counts: string[] } {
  const text = results[signIn]?.[step]?.[fault];
  if (text === undefined) throw new Error(`There is no result for "${fault}" in ${signIn}, ${step}`);
  const [result = "", ...counts] = text.split(SEPARATOR);
  return { result, counts };
}
