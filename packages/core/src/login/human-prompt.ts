import { isNonInteractive } from "../contract/non-interactive.ts";
import { anySignal } from "../util/any-signal.ts";
import type { Deadline } from "../util/deadline.ts";
import { orAbort } from "../util/wait.ts";
import type { FlowRun } from "./flow-run.ts";
import type { VendorClock } from "./vendor-clock.ts";

/** Calls user functions that may prompt a person, with the login's deadline paused. */
export class HumanPrompt<Data, User> {
  readonly #run: FlowRun<Data, User>;
  readonly #signal: AbortSignal;
  readonly #deadline: Deadline;
  readonly #vendorClock: VendorClock;

  constructor(run: FlowRun<Data, User>, signal: AbortSignal, deadline: Deadline, vendorClock: VendorClock) {
    this.#run = run;
    this.#signal = signal;
    this.#deadline = deadline;
    this.#vendorClock = vendorClock;
  }

  /**
   * @param option the user's function, possibly marked `nonInteractive`.
   * @param refusal the error if a background renewal would need a person.
   */
  async ask<A>(option: object, refusal: () => Error, call: (signal: AbortSignal) => A | Promise<A>): Promise<A> {
    const signal = this.#signal;
    const { attempt, setup } = this.#run;
    signal.throwIfAborted();
    attempt.throwIfDropped(setup.flow.vendor);
    if (attempt.unfit !== undefined) throw attempt.unfit;
    const notPrompted = () => {
      const error = refusal();
      attempt.notPrompted = error;
      return error;
    };
    // Without a caller, only a background renewal may call a function, and only a non-interactive one.
    const needsCaller = !attempt.background || !isNonInteractive(option);
    if (needsCaller && !attempt.isAwaited) throw notPrompted();
    const deserted = needsCaller ? attempt.whileAwaited() : undefined;
    const either = anySignal([signal, attempt.closed, ...(deserted === undefined ? [] : [deserted])]);
    try {
      const result = await this.#deadline.pause(() => orAbort((async () => call(either))(), either));
      this.#vendorClock.restart();
      return result;
    } catch (error) {
      // All callers that joined a background renewal have left, so nobody is prompted.
      throw deserted?.aborted && !signal.aborted && !attempt.closed.aborted ? notPrompted() : error;
    }
  }

  /** Resumes the deadline during a request. */
  withinDeadline<A>(request: () => Promise<A>): Promise<A> {
    return this.#deadline.resume(request);
  }
}
