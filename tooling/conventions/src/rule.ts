import type { Workspace } from "./workspace.ts";

/** One violation of a rule. */
export interface Violation {
  /** The path of the file from the root, which may be missing. */
  readonly file: string;
  /** The problem, and how to fix it if that is not obvious. */
  readonly what: string;
}

/** A rule for the whole workspace. */
export interface Rule {
  /** The rule as a sentence. */
  readonly name: string;
  readonly violations: (workspace: Workspace) => Iterable<Violation>;
}
