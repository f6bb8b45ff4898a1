import { differingPaths, type Observed } from "./observe.ts";
import type { Probe } from "./probe.ts";
import type { SessionState } from "./ways.ts";

/** A way in which a session's calls differ on purpose, or because nothing can be done about it. */
export interface Difference {
  /** What the session does, as a heading. */
  readonly title: string;
  /** Why. */
  readonly reason: string;
  /** The names of the probes that show it. */
  readonly probes: readonly string[];
  /** The states of the session in which they show it. Default: all. */
  readonly when?: readonly SessionState[];
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
  state: SessionState,
  table: readonly Difference[],
  expected: Observed,
  actual: Observed,
): Verdict {
  const paths = differingPaths(expected, actual);
  const meant = table.filter(({ probes, when }) => probes.includes(name) && (when?.includes(state) ?? true));
  const allowed = meant.flatMap(({ title, at }) => at.map((path) => ({ title, path })));
  const isBelow = (path: string, begin: string) => path === begin || path.startsWith(`${begin}.`);
  return {
    unexplained: paths.filter((path) => !allowed.some((one) => isBelow(path, one.path))),
    outdated: allowed
      .filter((one) => !paths.some((path) => isBelow(path, one.path)))
      .map(({ title, path }) => `${title}: ${path}`),
  };
}

/** The names in a table that no probe has. */
export function unknownNames(table: readonly Difference[], probes: readonly Probe[]): string[] {
  const names = new Set(probes.map(({ name }) => name));
  return table.flatMap((difference) => difference.probes).filter((name) => !names.has(name));
}
