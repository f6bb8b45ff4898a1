import process from "node:process";
import { styleText } from "node:util";

/** Where a command reads and writes. Nothing goes to `stdout` but the answer. */
export interface Terminal {
  /** Writes the answer. Waits where the reader is slow. */
  out(text: string | Uint8Array): Promise<void>;
  /** Writes a line for the person: notices, warnings, progress. */
  say(line: string): void;
  /** Whether a person is there to be asked: both ends of the conversation are a terminal. */
  readonly interactive: boolean;
  /** Styles a text for standard error, where that is a terminal and `NO_COLOR` is not set. */
  style(format: "bold" | "dim" | "red" | "green" | "yellow" | "cyan", text: string): string;
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  return {
    out: (text) =>
      new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
      }),
    say: (line) => void process.stderr.write(`${line}\n`),
    // Asked late: to open standard input takes longer than most commands.
    get interactive() {
      return process.stdin.isTTY === true && process.stderr.isTTY === true;
    },
    style: (format, text) => styleText(format, text, { stream: process.stderr }),
  };
}
