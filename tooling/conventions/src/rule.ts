import type { Workspace } from "./workspace.ts";

/** One violation of a rule. */
export interface Violation {
  /** The file's path from the root. The file may be missing. */
  readonly file: string;
  /** What is wrong, and what to do if that is not obvious. */
  readonly what: string;
}

/** A rule for the whole workspace. */
export interface Rule {
  /** What must be true, as a sentence. */
  readonly name: string;
  readonly violations: (workspace: Workspace) => Iterable<Violation>;
}
