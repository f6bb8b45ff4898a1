/** The resources that a step touches, and how. Two steps without a common resource can be swapped. */
export type Footprint = ReadonlyMap<string, "reads" | "changes">;

export interface Step {
  /** Identifies the step in all schedules that contain it. */
  readonly key: string;
  /** The operation that the step is a part of, such as a request. A step that ends the operation depends on each part. Default: its key. */
  readonly of?: string;
  /** The session whose code runs. Absent: only the state of the vendor or the store changes. */
  readonly by?: string;
  readonly run: () => unknown;
  /** Whether the step can run now. Default: yes. */
  readonly isReady?: () => boolean;
  /** An exclusive resource that the step takes. The step is ready when the resource is free. */
  readonly takes?: string;
}

export interface Taken {
  readonly footprint: Footprint;
  /** The steps that can no longer run. */
  readonly withdrawn: readonly Step[];
}

export interface Posted {
  /** The number of the step that posted it, from 0. -1: it was posted before the first step. */
  readonly creator: number;
  readonly takes: string | undefined;
}

/** The steps that wait for the scheduler's choice. */
export interface Board {
  /** Posts a step. Returns a function that withdraws it. */
  post(step: Step): () => void;
  /** The steps that can run now, in the order in which they were posted. */
  ready(): readonly Step[];
  /** Runs a step and everything that it triggers. */
  take(step: Step): Promise<Taken>;
  /** All posted steps by key, ready or not. */
  posted(): ReadonlyMap<string, Posted>;
  /** Restarts the numbering of steps. */
  restart(): void;
  /** Records that the current step touches a resource. */
  touch(resource: string, how: "reads" | "changes"): void;
}

/** The resource of passing time, which cannot be swapped with any step. */
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

/** Whether two possible steps have the same effect in either order. */
export function areIndependent(one: Footprint, other: Footprint): boolean {
  if (one.has(EVERYTHING) || other.has(EVERYTHING)) return false;
  for (const [resource, how] of one) {
    const also = other.get(resource);
    if (also !== undefined && (how === "changes" || also === "changes")) return false;
  }
  return true;
}

/** Lets all promises settle that can. One turn is enough, because nothing here waits for a real timer or another thread. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
