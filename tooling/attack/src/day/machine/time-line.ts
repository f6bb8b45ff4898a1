/** Virtual time. Timers run one after the other, and the effects of a timer settle before the next one runs. */
export interface TimeLine {
  /** The time since the start, in ms. */
  now(): number;
  /** Calls `callback` after `ms` milliseconds. Returns a function that cancels the timer. */
  timer(ms: number, callback: () => void): () => void;
  /** Resolves after `ms` milliseconds. */
  pass(ms: number): Promise<void>;
  /** Runs all timers up to a time. */
  runUntil(end: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  /** Orders timers of the same time by when they were set. */
  readonly order: number;
  callback: (() => void) | undefined;
}

export function createTimeLine(): TimeLine {
  const heap: Timer[] = [];
  // The turns of the event loop are real. A day replaces all other timers.
  const { setImmediate } = globalThis;
  let now = 0;
  let order = 0;

  // A day waits only for timers and microtasks, so one turn is enough.
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  function timer(ms: number, callback: () => void): () => void {
    const set: Timer = { at: now + Math.max(1, Math.trunc(ms)), order: order++, callback };
    push(heap, set);
    return () => {
      // It stays in the heap until its time, because removing it costs more.
      set.callback = undefined;
    };
  }

  return {
    now: () => now,
    timer,
    pass: (ms) => new Promise((resolve) => void timer(ms, resolve)),
    async runUntil(end) {
      await turn();
      for (let first = heap[0]; first !== undefined && first.at <= end; first = heap[0]) {
        pop(heap);
        if (first.callback === undefined) continue;
        now = first.at;
        first.callback();
        await turn();
      }
      now = end;
    },
  };
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

function push(heap: Timer[], timer: Timer): void {
  let at = heap.length;
  heap.push(timer);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above] as Timer;
    if (isBefore(parent, timer)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop() as Timer;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(heap[below + 1] as Timer, heap[below] as Timer)) below++;
    const child = heap[below] as Timer;
    if (isBefore(last, child)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
}
