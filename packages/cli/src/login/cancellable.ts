import { interruptible, isInterrupt } from "../command-line/interrupt.ts";
import type { Terminal } from "../command-line/terminal.ts";

/** Runs a sign-in that the first signal cancels. Ctrl-C and Ctrl-D at a prompt are confirmed: nothing was stored then. */
export async function cancellable<T>(terminal: Terminal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return interruptible(terminal.system, (signal) =>
    run(signal).catch((error: unknown) => {
      // A signal ends the run at any time. Only a prompt is certainly before the end.
      if (isInterrupt(error) && !signal.aborted && terminal.interactive) {
        terminal.say(terminal.style("yellow", "Cancelled. Nothing was stored."));
      }
      throw error;
    }),
  );
}
