import type { Readable } from "node:stream";
import { escapeControls } from "../../command-line/escape-controls.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import type { System } from "../../system/system.ts";
import { incompleteResponse } from "./incomplete-response.ts";
import type { TextFormat } from "./text-format.ts";

const NEWLINE = 0x0a;

/**
 * Writes a body to standard output at the reader's pace.
 * @param format how text looks on the terminal. `undefined`: the bytes are written as they came.
 * @returns whether the output ends in the middle of a line.
 */
export async function printBody(
  body: Readable,
  format: TextFormat | undefined,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  let isLineOpen = false;
  const end = () => body.destroy(signal.reason as Error);
  signal.addEventListener("abort", end, { once: true });
  try {
    signal.throwIfAborted();
    if (format !== undefined) await printText(format);
    else {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        if (chunk.length > 0) isLineOpen = chunk.at(-1) !== NEWLINE;
        await terminal.out(chunk);
      }
    }
    return isLineOpen;
  } catch (error) {
    signal.throwIfAborted();
    if (body.errored !== error) throw error;
    // The message must not continue the line.
    if (isLineOpen) terminal.say("");
    throw incompleteResponse(error, "The printed response is incomplete. Run it again.");
  } finally {
    signal.removeEventListener("abort", end);
  }

  async function printText({ write }: TextFormat): Promise<void> {
    // Keeps the first bytes of a character that continues in the next chunk.
    const decoder = new TextDecoder();
    let isFirst = true;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (isFirst && chunk.includes(0)) throw binaryAnswer();
      isFirst = false;
      await print(write(decoder.decode(chunk, { stream: true })));
    }
    await print(write(decoder.decode()));
    // Ends the line, so that the shell's prompt starts on a new one.
    if (isLineOpen) await print("\n");
  }

  async function print(text: string): Promise<void> {
    if (text === "") return;
    isLineOpen = !text.endsWith("\n");
    await terminal.out(text);
  }
}

// Like curl: binary output could make the terminal unreadable.
function binaryAnswer() {
  return usage(
    "the response is binary, so it is not printed on a terminal.",
    "Save it with -o <file>, or print it with --raw",
  );
}

/** Escapes control characters of the vendor's text, if standard output is a terminal. */
export function escapeForTerminal({ stdout }: System, text: string): string {
  return stdout.isTTY === true ? escapeControls(text) : text;
}
