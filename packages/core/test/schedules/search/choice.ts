import { areIndependent, type Footprint, type Posted, type Taken } from "./board.ts";

/** A point at which the scheduler chooses, and the step that it chose last. */
export interface Choice {
  /** The keys of the steps that can run, in order. */
  readonly keys: readonly string[];
  /** All posted steps by key, ready or not. */
  readonly posted: ReadonlyMap<string, Posted>;
  /** Steps that need not be chosen: they were tried before, and no later step depends on them. */
  readonly asleep: ReadonlyMap<string, Footprint>;
  /** The steps that were chosen here before. */
  readonly tried: Map<string, Footprint>;
  /** The steps that must be tried here. */
  readonly wanted: Set<string>;
  chosen: string;
  /** The resources that the chosen step touched. */
  footprint: Footprint;
  /** The steps that must run before the chosen one. */
  causes: ReadonlySet<number>;
  /** How many more schedules may start with the choices up to here. */
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

// Sleep sets: an alternative that was tried in place of a step need not follow it, unless the two depend on each other.
function stillAsleep({ asleep, tried, footprint }: Choice): Map<string, Footprint> {
  return new Map([...asleep, ...tried].filter(([, other]) => areIndependent(footprint, other)));
}

/** The next alternative that must be tried. */
export function alternative({ keys, asleep, tried, wanted, chosen }: Choice): string | undefined {
  return keys.find((key) => wanted.has(key) && key !== chosen && !asleep.has(key) && !tried.has(key));
}

/** Replaces the chosen step with an alternative. */
export function choose(choice: Choice, key: string): void {
  choice.tried.set(choice.chosen, choice.footprint);
  choice.chosen = key;
  choice.footprint = NOTHING;
}

/**
 * Records the effects of the last step of a path, and derives more orders to try. If two steps depend on each other and
 * could be swapped, the later one must also be tried first (dynamic partial-order reduction).
 */
export function noteTaken(path: readonly Choice[], { footprint, withdrawn }: Taken): void {
  const last = path.length - 1;
  const choice = path[last];
  if (choice === undefined) return;
  choice.footprint = footprint;
  const causes = race(path, last, choice.chosen, footprint);
  choice.causes = causes;
  // A withdrawn step could have run first, and the resources that it would have touched are unknown.
  if (withdrawn.length > 0) for (const key of choice.keys) choice.wanted.add(key);
  for (const { key, by, takes } of withdrawn) {
    const touched = [key, by, takes].filter((name) => name !== undefined);
    if (!choice.keys.includes(key)) race(path, last, key, new Map(touched.map((name) => [name, "changes"])));
  }
}

/** Records the steps that can follow the last step of a path. Steps that it made impossible must be tried in its place. */
export function noteReady(path: readonly Choice[], keys: readonly string[]): void {
  const choice = path.at(-1);
  for (const key of choice?.keys ?? []) {
    if (key !== choice?.chosen && !keys.includes(key)) choice?.wanted.add(key);
  }
}

/** Finds the steps that a step could be swapped with. Returns the steps that must run before it. */
function race(path: readonly Choice[], at: number, key: string, footprint: Footprint): ReadonlySet<number> {
  const { creator = -1, takes } = path[at]?.posted.get(key) ?? {};
  const causes = new Set<number>();
  const add = (index: number) => {
    causes.add(index);
    for (const cause of path[index]?.causes ?? []) causes.add(cause);
  };
  if (creator !== -1) add(creator);
  // Finds the step that made it ready. If that step only released its resource, this step could also have run first.
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

// Finds the candidates for the place of the step at `index`: the steps after it, and the step itself, that do not follow
// from it and need no other such step. Trying one of them is enough (a source set).
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
