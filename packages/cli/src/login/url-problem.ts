import { baseUrlProblem } from "@vms/core/internal";
import { withScheme } from "../profiles/urls.ts";

/** Says what is wrong with a typed URL; `undefined` if it is valid. */
export function urlProblem(text: string): string | undefined {
  const problem = baseUrlProblem(withScheme(text));
  return problem === undefined ? undefined : `the URL ${problem}`;
}
