import process from "node:process";
import { EXIT } from "../errors/exit-codes.ts";

/**
 * Runs something that Ctrl-C ends in good order: what it holds, such as a lock, is given back. A second Ctrl-C ends the
 * process at once.
 */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    // The terminal has written "^C" into the line.
    if (process.stderr.isTTY) process.stderr.write("\n");
    controller.abort(interrupted());
  };
  // They stay until the end: the library of the prompts ends the process where it finds nobody else listening.
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  // A window that was closed takes no more words: no reason to leave anything behind.
  const ignore = () => {};
  process.stderr.on("error", ignore);
  try {
    return await run(controller.signal);
  } finally {
    process.stderr.off("error", ignore);
    for (const signal of signals) process.off(signal, stop);
  }
}

/** What a wait ends with that Ctrl-C broke off. */
export function interrupted(): Error {
  return new DOMException("interrupted", "AbortError");
}

/** Whether an error is a Ctrl-C: a prompt's, or a signal's. */
export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && ["ExitPromptError", "AbortPromptError", "AbortError"].includes(error.name);
}
