import { differingPaths, type Observed } from "./observe.ts";
import type { Probe } from "./probe.ts";
import type { SessionState, UndiciName } from "./ways.ts";

/** A difference of a session's calls, or of `nodeFetch`, that is intended or cannot be avoided. */
export interface Difference {
  /** The behaviour of the session or `nodeFetch`, as a heading. */
  readonly title: string;
  /** Why. */
  readonly reason: string;
  /** The states of the session, or the versions of undici, that have the difference. Default: all. */
  readonly when?: readonly (SessionState | UndiciName)[];
  readonly shown: readonly Shown[];
}

/** Probes that show a difference at the same paths. */
interface Shown {
  readonly by: readonly string[];
  /** The prefixes of the paths at which the observations differ. */
  readonly at: readonly string[];
}

/** A comparison of the table with the observations of a probe in one state. Both lists are empty if the table is right. */
export interface Verdict {
  /** Paths that differ, but are not in the table. */
  readonly unexplained: readonly string[];
  /** Titles and paths in the table without a difference. */
  readonly outdated: readonly string[];
}

export function judge(
  { name }: Probe,
  state: SessionState | UndiciName,
  table: readonly Difference[],
  expected: Observed,
  actual: Observed,
): Verdict {
  const paths = differingPaths(expected, actual);
  const allowed = table
    .filter(({ when }) => when?.includes(state) ?? true)
    .flatMap(({ title, shown }) =>
      shown.filter(({ by }) => by.includes(name)).flatMap(({ at }) => at.map((path) => ({ title, path }))),
    );
  const isBelow = (path: string, begin: string) => path === begin || path.startsWith(`${begin}.`);
  return {
    unexplained: paths.filter((path) => !allowed.some((one) => isBelow(path, one.path))),
    outdated: allowed
      .filter((one) => !paths.some((path) => isBelow(path, one.path)))
      .map(({ title, path }) => `${title}: ${path}`),
  };
}

/** The names of the probes that show differences. */
export function namesOf(...table: readonly Difference[]): string[] {
  return [...new Set(table.flatMap(({ shown }) => shown.flatMap(({ by }) => by)))];
}
