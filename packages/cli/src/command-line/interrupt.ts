import { cancellation } from "@vms/core/internal";
import { EXIT } from "../errors/exit-codes.ts";
import type { System } from "../system/system.ts";

/**
 * Runs something that the first Ctrl-C cancels in good order, so that it releases its locks. A second Ctrl-C ends the
 * run immediately.
 */
export async function interruptible<T>(system: System, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signals, stderr } = system;
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) system.exit(EXIT.interrupted);
    // The terminal has written "^C" into the line.
    if (stderr.isTTY) stderr.write("\n");
    controller.abort(interrupted());
  };
  // The handlers stay until the end: the prompt library ends the process if it finds no other SIGINT listener.
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) signals.on(name, stop);
  // Writing to a closed terminal window fails. The run must still clean up.
  const ignore = () => {};
  stderr.on("error", ignore);
  try {
    return await run(controller.signal);
  } finally {
    stderr.off("error", ignore);
    for (const name of names) signals.off(name, stop);
  }
}

/** The error of a wait that Ctrl-C cancelled. */
export function interrupted(): Error {
  return cancellation(new DOMException("interrupted", "AbortError"));
}

/** Whether an error means Ctrl-C, from a prompt or from a signal. */
export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && ["ExitPromptError", "AbortPromptError", "AbortError"].includes(error.name);
}
