import { cancellation } from "@vms/core/internal";
import { EXIT, type ExitCode } from "../errors/exit-codes.ts";
import type { System } from "../system/system.ts";

/** The signals that end a run, with its exit status. */
const STATUSES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hangup } as const;

export const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs something that the first signal cancels, so that it can release its locks. The run then ends with the signal's
 * status, even if everything was done. A second signal ends it at once.
 */
export async function interruptible<T>(system: System, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signals, stderr } = system;
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) system.exit(statusOf(signal));
    // The terminal has written "^C" into the line.
    if (stderr.isTTY) stderr.write("\n");
    controller.abort(interrupted(signal));
  };
  // The handlers stay until the end: the prompt library ends the process if it finds no other SIGINT listener.
  for (const name of STOP_SIGNALS) signals.on(name, stop);
  // Writing to a closed terminal window fails. The run must still clean up.
  const ignore = () => {};
  stderr.on("error", ignore);
  try {
    const result = await run(controller.signal);
    controller.signal.throwIfAborted();
    return result;
  } catch (error) {
    // Libraries throw errors of their own for a signal.
    throw isInterrupt(error) && controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    stderr.off("error", ignore);
    for (const name of STOP_SIGNALS) signals.off(name, stop);
  }
}

/** The error of a wait that a signal cancelled. */
export function interrupted(signal: NodeJS.Signals): Error {
  return cancellation(Object.assign(new Error("interrupted", { cause: signal }), { name: "AbortError" }));
}

/** The exit status of a run that ends with such an error. */
export function interruptStatus(error: unknown): ExitCode {
  return statusOf(error instanceof Error ? error.cause : undefined);
}

function statusOf(signal: unknown): ExitCode {
  return Object.entries(STATUSES).find(([name]) => name === signal)?.[1] ?? EXIT.interrupted;
}

/** Whether an error means Ctrl-C, from a prompt or from a signal. */
export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && ["ExitPromptError", "AbortPromptError", "AbortError"].includes(error.name);
}
