import process from "node:process";
import { interrupted } from "../command-line/interrupt.ts";

/** What the prompts of the library take beside the question. */
export interface PromptContext {
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/**
 * Asks one question on standard error, so that what is piped stays the answer.
 * @throws what counts as Ctrl-C, also where the input ends (Ctrl-D): the library would wait for ever.
 */
export async function prompt<T>(signal: AbortSignal, ask: (context: PromptContext) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const end = () => ended.abort();
  // Readline pauses its input when it closes; where it does so before there is an answer, there will be none.
  const { stdin } = process;
  const { isRaw } = stdin;
  stdin.once("pause", end);
  try {
    return await ask({ output: process.stderr, signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && /^(Exit|Abort|Cancel)PromptError$/.test(error.name)) throw interrupted();
    throw error;
  } finally {
    stdin.off("pause", end);
    // Readline has made the terminal show what is typed; it is as it was before.
    if (isRaw) stdin.setRawMode(true).resume();
  }
}
