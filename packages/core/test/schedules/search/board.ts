/** What a step touches, and whether it changes that. Two steps that touch nothing in common can change places. */
export type Footprint = ReadonlyMap<string, "reads" | "changes">;

/** Something that can happen next. */
export interface Step {
  /** The same in each schedule in which the same thing happens. */
  readonly key: string;
  /** What it is the next part of, such as a request: what ends that depends on each of its parts. Default: its key. */
  readonly of?: string;
  /** Whose code runs. Absent: only the vendor's or the store's state changes. */
  readonly by?: string;
  readonly run: () => unknown;
  /** Whether it can happen now. Default: yes. */
  readonly isReady?: () => boolean;
  /** What it takes, if only one step can have that at a time. It is ready when that is free. */
  readonly takes?: string;
}

/** What a step did. */
export interface Taken {
  readonly footprint: Footprint;
  /** The steps that can never happen now. */
  readonly withdrawn: readonly Step[];
}

/** A step that is posted. */
export interface Posted {
  /** Which step has posted it: the first one is 0, and what was there before them is -1. */
  readonly creator: number;
  readonly takes: string | undefined;
}

/** All that waits for the scheduler's choice. */
export interface Board {
  /** Posts a step. Returns a function that withdraws it. */
  post(step: Step): () => void;
  /** What can happen now, in the order in which it was posted. */
  ready(): readonly Step[];
  /** Takes a step, and lets everything run that it sets off. */
  take(step: Step): Promise<Taken>;
  /** All that is posted, ready or not, by its key. */
  posted(): ReadonlyMap<string, Posted>;
  /** Counts the steps from here. */
  restart(): void;
  /** Notes what the current step touches. */
  touch(resource: string, how: "reads" | "changes"): void;
}

/** The resource of a step that can change places with no other: time. */
export const EVERYTHING = "everything";

export function createBoard(): Board {
  const posted = new Map<string, Step>();
  const all = new Map<string, Posted>();
  let footprint = new Map<string, "reads" | "changes">();
  let withdrawn: Step[] = [];
  let current = -1;
  const touch: Board["touch"] = (resource, how) => {
    if (how === "changes" || !footprint.has(resource)) footprint.set(resource, how);
  };
  const remove = (key: string) => {
    posted.delete(key);
    all.delete(key);
  };
  return {
    touch,
    post(step) {
      if (posted.has(step.key)) throw new Error(`There are two steps "${step.key}".`);
      posted.set(step.key, step);
      all.set(step.key, { creator: current, takes: step.takes });
      return () => {
        if (posted.get(step.key) !== step) return;
        remove(step.key);
        withdrawn.push(step);
        touch(step.of ?? step.key, "changes");
      };
    },
    ready: () => [...posted.values()].filter(({ isReady }) => isReady === undefined || isReady()),
    async take(step) {
      footprint = new Map();
      withdrawn = [];
      current++;
      remove(step.key);
      touch(step.of ?? step.key, "changes");
      if (step.by !== undefined) touch(step.by, "changes");
      await step.run();
      await quiet();
      return { footprint, withdrawn };
    },
    posted: () => new Map(all),
    restart() {
      current = -1;
      for (const [key, { takes }] of all) all.set(key, { creator: -1, takes });
    },
  };
}

/** Whether two steps that are both possible have the same effect in either order. */
export function areIndependent(one: Footprint, other: Footprint): boolean {
  if (one.has(EVERYTHING) || other.has(EVERYTHING)) return false;
  for (const [resource, how] of one) {
    const also = other.get(resource);
    if (also !== undefined && (how === "changes" || also === "changes")) return false;
  }
  return true;
}

/** Lets all promises settle that can. Nothing here waits for a real timer or another thread, so one turn is enough. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
