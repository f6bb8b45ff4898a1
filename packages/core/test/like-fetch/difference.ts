import { differingPaths, type Observed } from "./observe.ts";
import type { Probe } from "./probe.ts";
import type { SessionState, UndiciName } from "./ways.ts";

/** A way in which a session's calls, or those of `nodeFetch`, differ on purpose, or because nothing can be done about it. */
export interface Difference {
  /** What the session, or `nodeFetch`, does, as a heading. */
  readonly title: string;
  /** Why. */
  readonly reason: string;
  /** The states of the session, or the versions of undici, in which it shows. Default: all. */
  readonly when?: readonly (SessionState | UndiciName)[];
  readonly shown: readonly Shown[];
}

/** Probes that show a difference at the same places. */
interface Shown {
  /** The names of the probes. */
  readonly by: readonly string[];
  /** Where the observations differ: the beginnings of paths. */
  readonly at: readonly string[];
}

/** What the table says about a probe in one state, against what was observed. Both lists are empty if it is right. */
export interface Verdict {
  /** Paths that differ without a reason. */
  readonly unexplained: readonly string[];
  /** Titles and paths of the table at which nothing differs. */
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
