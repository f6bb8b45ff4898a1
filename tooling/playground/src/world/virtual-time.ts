interface Timer {
  readonly at: number;
  /** Runs after the other timers of its time. */
  readonly isLast: boolean;
  readonly callback: () => void;
}

/** A time that moves only when `fire` runs the next timer. Times are in ms. */
export class VirtualTime {
  #now: number;
  #ids = 0;
  readonly #timers = new Map<number, Timer>();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** When the next timer is due. `undefined` if there is none. */
  get next(): number | undefined {
    return this.#first()?.[1].at;
  }

  set(callback: () => void, ms = 0, isLast = false): number {
    this.#ids += 1;
    this.#timers.set(this.#ids, { at: this.#now + Math.max(0, ms), isLast, callback });
    return this.#ids;
  }

  clear(id: number | undefined): void {
    if (id !== undefined) this.#timers.delete(id);
  }

  /** Moves to the next timer, and runs it. */
  fire(): void {
    const first = this.#first();
    if (first === undefined) return;
    const [id, { at, callback }] = first;
    this.#timers.delete(id);
    this.#now = Math.max(this.#now, at);
    callback();
  }

  /** Timers that are due at the same time run in the order in which they were set. */
  #first(): [number, Timer] | undefined {
    let first: [number, Timer] | undefined;
    for (const entry of this.#timers) if (first === undefined || isBefore(entry[1], first[1])) first = entry;
    return first;
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.at < other.at || (one.at === other.at && other.isLast && !one.isLast);
}
