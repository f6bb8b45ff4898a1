import { assumptionsOf, linesOf, readFiles, renderAssumptions, rules, workspaceOf } from "@vms-tooling/conventions";

/** The result of the workspace's rules for files that are not written yet. */
export interface Judged {
  /** The violations that the files would cause. */
  readonly violations: readonly string[];
  /** The text of `docs/assumptions.md` with them. */
  readonly assumptions: string;
}

export function judge(root: string, files: ReadonlyMap<string, string>): Judged {
  const existing = readFiles(root);
  const all = workspaceOf(new Map([...existing, ...files]));
  const violationsIn = (of: typeof all) => rules.flatMap((rule) => linesOf(rule, of));
  const found = violationsIn(all);
  // The workspace may break a rule already.
  const known = new Set(found.length === 0 ? [] : violationsIn(workspaceOf(existing)));
  return {
    violations: found.filter((line) => !known.has(line)),
    assumptions: renderAssumptions(assumptionsOf(all)),
  };
}
