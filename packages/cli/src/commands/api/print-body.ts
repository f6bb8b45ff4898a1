import type { Readable } from "node:stream";
import { escapeControls } from "../../command-line/escape-controls.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import type { System } from "../../system/system.ts";
import { incompleteResponse } from "./incomplete-response.ts";

const NEWLINE = 0x0a;

/**
 * Writes a body to standard output at the reader's pace.
 * @param binary whether binary output is allowed on a terminal.
 * @returns whether the output ends in the middle of a line.
 */
export async function printBody(
  body: Readable,
  binary: boolean,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  const isSeen = !binary && terminal.system.stdout.isTTY === true;
  let looked = !isSeen;
  let isLineOpen = false;
  // Keeps the first bytes of a character that continues in the next chunk.
  const decoder = new TextDecoder();
  const end = () => body.destroy(signal.reason as Error);
  signal.addEventListener("abort", end, { once: true });
  try {
    signal.throwIfAborted();
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (!looked && chunk.includes(0)) throw binaryAnswer();
      looked = true;
      if (isSeen) {
        const text = escapeControls(decoder.decode(chunk, { stream: true }));
        if (text !== "") isLineOpen = !text.endsWith("\n");
        await terminal.out(text);
      } else {
        if (chunk.length > 0) isLineOpen = chunk.at(-1) !== NEWLINE;
        await terminal.out(chunk);
      }
    }
    // Ends the line, so that the shell's prompt starts on a new one.
    if (isSeen) await terminal.out(`${decoder.decode()}${isLineOpen ? "\n" : ""}`);
    return isLineOpen && !isSeen;
  } catch (error) {
    signal.throwIfAborted();
    throw body.errored === error
      ? incompleteResponse(error, "The printed response is incomplete. Run it again.")
      : error;
  } finally {
    signal.removeEventListener("abort", end);
  }
}

// Like curl: binary output could make the terminal unreadable.
function binaryAnswer() {
  return usage(
    "the response is binary, so it is not printed on a terminal.",
    "Save it with -o <file>, or print it with -o -",
  );
}

/** Escapes control characters of the vendor's text, if standard output is a terminal. */
export function escapeForTerminal({ stdout }: System, text: string): string {
  return stdout.isTTY === true ? escapeControls(text) : text;
}
