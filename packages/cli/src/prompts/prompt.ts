import { interrupted } from "../command-line/interrupt.ts";
import type { System } from "../system/system.ts";

/** The second parameter of the library's prompts. */
export interface PromptContext {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/**
 * Asks one question on standard error, so that standard output contains only the result.
 * @throws the error of Ctrl-C, and the same at the end of the input (Ctrl-D): the library would wait forever.
 */
export async function prompt<T>(
  { stdin, stderr }: System,
  signal: AbortSignal,
  ask: (context: PromptContext) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const end = () => ended.abort();
  // Readline pauses its input when it closes. Without an answer by then, there will be none.
  const { isRaw } = stdin;
  stdin.once("pause", end);
  try {
    return await ask({ input: stdin, output: stderr, signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && /^(Exit|Abort|Cancel)PromptError$/.test(error.name)) throw interrupted("SIGINT");
    throw error;
  } finally {
    stdin.off("pause", end);
    // Readline has left raw mode; restore it.
    if (isRaw) {
      stdin.setRawMode?.(true);
      stdin.resume();
    }
  }
}
