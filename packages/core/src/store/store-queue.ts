import type { Clock } from "../util/clock.ts";
import { within } from "../util/wait.ts";

/** What is done with a store. */
export type StoreOperation = "get" | "set" | "delete" | "lock";

/** Runs a store's operations one at a time and in order, so that a write in progress cannot restore what is removed later. */
export class StoreQueue {
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #onFailure: (operation: StoreOperation, error: unknown) => void;
  #tail: Promise<unknown> | undefined;
  #changes = 0;
  #lastChange: (() => Promise<unknown>) | undefined;

  /** @param timeout how long one operation may take, in ms. */
  constructor(clock: Clock, timeout: number, onFailure: (operation: StoreOperation, error: unknown) => void) {
    this.#clock = clock;
    this.#timeout = timeout;
    this.#onFailure = onFailure;
  }

  /** Runs an operation after all earlier ones. Returns `undefined` if it failed or took too long. */
  run<T>(operation: StoreOperation, work: (isLate: () => boolean) => Promise<T>): Promise<T | undefined> {
    let late = false;
    const bounded = () => {
      const running = work(() => late);
      const change = operation === "get" ? undefined : ++this.#changes;
      if (change !== undefined) this.#lastChange = () => work(() => false);
      return within(this.#clock, this.#timeout, running, () => {
        late = true;
        // A late operation may still take effect, after a later one. Then the later one is repeated.
        const again = () => (change === undefined || change === this.#changes ? undefined : this.#lastChange?.());
        running.then(again, again).catch(() => {});
        return new Error("no answer in time");
      });
    };
    const result = (this.#tail ?? Promise.resolve()).then(bounded).catch((error: unknown) => {
      this.#onFailure(operation, error);
      return undefined;
    });
    this.#tail = result;
    return result;
  }
}
