import { areIndependent, type Footprint, type Posted, type Taken } from "./board.ts";

/** A point at which the scheduler chooses, and the step that it chose last. */
export interface Choice {
  /** The keys of what can happen, in order. */
  readonly keys: readonly string[];
  /** All that is posted, ready or not, by its key. */
  readonly posted: ReadonlyMap<string, Posted>;
  /** What need not be chosen: it was tried before, and nothing since then depends on it. */
  readonly asleep: ReadonlyMap<string, Footprint>;
  /** What was chosen here before. */
  readonly tried: Map<string, Footprint>;
  /** What has to be tried here. */
  readonly wanted: Set<string>;
  chosen: string;
  /** What the chosen step touched. */
  footprint: Footprint;
  /** The steps that have to happen before the chosen one. */
  causes: ReadonlySet<number>;
  /** How many more schedules may begin with the choices up to here. */
  left: number;
}

const NOTHING: Footprint = new Map();

export function createChoice(
  keys: readonly string[],
  posted: ReadonlyMap<string, Posted>,
  before: Choice | undefined,
  left: number,
): Choice | undefined {
  const asleep = before === undefined ? new Map<string, Footprint>() : stillAsleep(before);
  const chosen = keys.find((key) => !asleep.has(key));
  if (chosen === undefined) return undefined;
  const common = { keys, posted, asleep, chosen, left };
  return { ...common, tried: new Map(), wanted: new Set([chosen]), footprint: NOTHING, causes: new Set() };
}

// Sleep sets: after one step, another one that was tried in its place need not follow, unless they depend on each other.
function stillAsleep({ asleep, tried, footprint }: Choice): Map<string, Footprint> {
  return new Map([...asleep, ...tried].filter(([, other]) => areIndependent(footprint, other)));
}

/** The next alternative that has to be tried. */
export function alternative({ keys, asleep, tried, wanted, chosen }: Choice): string | undefined {
  return keys.find((key) => wanted.has(key) && key !== chosen && !asleep.has(key) && !tried.has(key));
}

/** Takes an alternative in place of the chosen step. */
export function choose(choice: Choice, key: string): void {
  choice.tried.set(choice.chosen, choice.footprint);
  choice.chosen = key;
  choice.footprint = NOTHING;
}

/**
 * Notes what the last step of a path did, and which orders follow from that: of two steps that depend on each other and
 * that could change places, the later one has to be tried first as well (dynamic partial-order reduction).
 */
export function noteTaken(path: readonly Choice[], { footprint, withdrawn }: Taken): void {
  const last = path.length - 1;
  const choice = path[last];
  if (choice === undefined) return;
  choice.footprint = footprint;
  const causes = race(path, last, choice.chosen, footprint);
  choice.causes = causes;
  // What was withdrawn could have come first, and nobody knows what it would have touched.
  if (withdrawn.length > 0) for (const key of choice.keys) choice.wanted.add(key);
  for (const { key, by, takes } of withdrawn) {
    const touched = [key, by, takes].filter((name) => name !== undefined);
    if (!choice.keys.includes(key)) race(path, last, key, new Map(touched.map((name) => [name, "changes"])));
  }
}

/** Notes what can happen after the last step of a path. What it has made impossible has to be tried in its place. */
export function noteReady(path: readonly Choice[], keys: readonly string[]): void {
  const choice = path.at(-1);
  for (const key of choice?.keys ?? []) {
    if (key !== choice?.chosen && !keys.includes(key)) choice?.wanted.add(key);
  }
}

/** Finds what a step could change places with. Returns the steps that have to happen before it. */
function race(path: readonly Choice[], at: number, key: string, footprint: Footprint): ReadonlySet<number> {
  const { creator = -1, takes } = path[at]?.posted.get(key) ?? {};
  const causes = new Set<number>();
  const add = (index: number) => {
    causes.add(index);
    for (const cause of path[index]?.causes ?? []) causes.add(cause);
  };
  if (creator !== -1) add(creator);
  // Since when it was ready, and what made it so. What it takes was given back then, but it could have been first.
  let ready = at;
  while (ready > creator + 1 && path[ready - 1]?.keys.includes(key)) ready--;
  const enabler = ready > creator + 1 ? ready - 1 : undefined;
  if (enabler !== undefined && takes === undefined) add(enabler);
  const rivals: number[] = [];
  for (let index = at - 1; index >= 0; index--) {
    const other = path[index];
    if (other === undefined || index === enabler || areIndependent(footprint, other.footprint)) continue;
    if (!causes.has(index)) rivals.push(index);
    add(index);
  }
  for (const index of rivals) want(path, index, at, key, causes);
  if (enabler !== undefined) add(enabler);
  return causes;
}

// What could come in place of the step at `index`: of all that happened after it but does not follow from it, and of the
// step itself, whatever needs nothing else of that. One of these is enough (a source set).
function want(path: readonly Choice[], index: number, at: number, key: string, causes: ReadonlySet<number>): void {
  const choice = path[index];
  if (choice === undefined) return;
  const others = path.slice(index + 1, at).filter((other) => [...other.causes].every((cause) => cause < index));
  const isFirst = [...causes].every((cause) => cause <= index);
  const names = [...others.map(({ chosen }) => chosen), ...(isFirst ? [key] : [])];
  const candidates = choice.keys.filter((one) => names.includes(one));
  if (candidates.some((one) => choice.wanted.has(one) || choice.asleep.has(one))) return;
  for (const one of candidates.length > 0 ? candidates.slice(0, 1) : choice.keys) choice.wanted.add(one);
}
