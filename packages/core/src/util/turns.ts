import { orAbort } from "./wait.ts";

/** Runs callers one at a time, in order of arrival. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @returns a function that ends the turn.
   * @throws the signal's reason when it aborts. The caller then has no turn.
   */
  async take(signal: AbortSignal | null | undefined): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = before.then(() => promise);
    try {
      await orAbort(before, signal);
    } catch (error) {
      resolve();
      throw error;
    }
    return resolve;
  }
}
