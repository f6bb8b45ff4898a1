import type { Clock } from "../util/clock.ts";
import { within } from "../util/wait.ts";

export type StoreOperation = "get" | "set" | "delete" | "lock";

/** Runs the operations of a store one at a time, so that a pending write cannot restore what a later one removes. */
export class StoreQueue {
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #onFailure: (operation: StoreOperation, error: unknown) => void;
  #tail: Promise<unknown> | undefined;
  #changes = 0;
  #lastChange: (() => Promise<unknown>) | undefined;

  /** @param timeout per operation, in ms. */
  constructor(clock: Clock, timeout: number, onFailure: (operation: StoreOperation, error: unknown) => void) {
    this.#clock = clock;
    this.#timeout = timeout;
    this.#onFailure = onFailure;
  }

  /** Returns `undefined` if the operation failed or took too long. */
  run<T>(operation: StoreOperation, work: (isLate: () => boolean) => Promise<T>): Promise<T | undefined> {
    let late = false;
    const bounded = () => {
      const running = work(() => late);
      const change = operation === "get" ? undefined : ++this.#changes;
      if (change !== undefined) this.#lastChange = () => work(() => false);
      return within(this.#clock, this.#timeout, running, () => {
        late = true;
        // A late operation may take effect after a newer change, which is then repeated.
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
