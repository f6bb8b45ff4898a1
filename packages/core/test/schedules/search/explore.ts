import { begin, type Run } from "../world/run.ts";
import type { World } from "../world/world.ts";
import { alternative, type Choice, choose, createChoice, noteReady, noteTaken } from "./choice.ts";

interface Failure {
  /** The string that replays it. */
  readonly replay: string;
  readonly broken: readonly string[];
}

export interface Report {
  /** Completed schedules. No two of them differ only in the order of independent steps. */
  readonly schedules: number;
  /** Prefixes that were abandoned, because all their orders had been tried. */
  readonly skipped: number;
  /** The number of steps of the longest schedule. */
  readonly longest: number;
  /** Whether all schedules were tried. */
  readonly exhausted: boolean;
  readonly failure: Failure | undefined;
}

export interface Limits {
  /** The limit of schedules. Default: no limit. */
  readonly schedules?: number;
  /** When to stop, by `performance.now()`. Default: never. */
  readonly deadline?: number;
  /** Whether to try all alternatives that do not sleep. It takes longer and finds the same failures. Default: `false`. */
  readonly everything?: boolean;
}

/** The fraction of the remaining limit that one alternative may use, so that a limited search also reaches early alternatives. */
const SHARE = 0.7;

/** Tries the orders of a world, depth first, and stops at the first failure. */
export async function explore(world: World, limits: Limits = {}): Promise<Report> {
  const { deadline = Number.POSITIVE_INFINITY } = limits;
  const path: Choice[] = [];
  let [schedules, skipped, longest] = [0, 0, 0];
  let exhausted = true;
  const report = (failure?: Failure): Report => ({
    schedules,
    skipped,
    longest,
    exhausted: exhausted && failure === undefined,
    failure,
  });
  for (;;) {
    const { run, isOver } = await follow(world, path, limits);
    if (isOver) {
      if (run.broken.length === 0) await run.end();
      schedules++;
      longest = Math.max(longest, path.length);
    } else skipped++;
    for (const choice of path) choice.left--;
    if (run.broken.length > 0) return report({ replay: replayOf(world, path), broken: run.broken });
    if (performance.now() > deadline) {
      exhausted = false;
      return report();
    }
    const back = goBack(path);
    if (back.isLimited) exhausted = false;
    if (!back.isPossible) return report();
  }
}

/** Restarts a schedule, repeats the choices of the path, and continues with new choices until the end. */
async function follow(world: World, path: Choice[], limits: Limits): Promise<{ run: Run; isOver: boolean }> {
  const run = await begin(world);
  const known = path.length;
  for (let depth = 0; run.broken.length === 0; depth++) {
    const steps = run.ready();
    const keys = steps.map(({ key }) => key);
    // The last known choice is a new alternative.
    if (depth >= known) noteReady(path, keys);
    if (steps.length === 0) return { run, isOver: true };
    let choice = path[depth];
    if (choice === undefined) {
      const before = path.at(-1);
      const left =
        before === undefined ? (limits.schedules ?? Number.POSITIVE_INFINITY) : Math.ceil(before.left * SHARE);
      choice = createChoice(keys, run.posted(), before, left);
      if (choice === undefined) return { run, isOver: false };
      if (limits.everything) for (const key of keys) choice.wanted.add(key);
      path.push(choice);
    }
    const { chosen } = choice;
    const step = steps.find(({ key }) => key === chosen);
    if (step === undefined) throw new Error(`${world.name} is not deterministic: "${chosen}" cannot happen again.`);
    const taken = await run.take(step);
    if (depth >= known - 1) noteTaken(path, taken);
  }
  return { run, isOver: true };
}

/** Goes back to the last choice with an alternative, and takes it. Returns whether there was one, and whether some were skipped. */
function goBack(path: Choice[]): { isPossible: boolean; isLimited: boolean } {
  let isLimited = false;
  for (let choice = path.at(-1); choice !== undefined; choice = path.at(-1)) {
    const next = alternative(choice);
    if (next !== undefined && choice.left > 0) {
      choose(choice, next);
      return { isPossible: true, isLimited };
    }
    if (next !== undefined) isLimited = true;
    path.pop();
  }
  return { isPossible: false, isLimited };
}

function replayOf({ name }: World, path: readonly Choice[]): string {
  return `${name}: ${path.map(({ keys, chosen }) => keys.indexOf(chosen)).join(".")}`;
}
