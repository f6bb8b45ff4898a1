import process from "node:process";
import { styleText } from "node:util";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";

/** Where a command reads and writes. Only the result goes to `stdout`. */
export interface Terminal {
  /** Writes the result. Waits if the reader is slow. */
  out(text: string | Uint8Array): Promise<void>;
  /** Writes a line for people to standard error: notices, warnings, progress. */
  say(line: string): void;
  /** Whether a person can be asked: standard input and standard error are a terminal. */
  readonly interactive: boolean;
  /** Styles a text for standard error, if that is a terminal and `NO_COLOR` is not set. */
  style(format: "bold" | "dim" | "red" | "green" | "yellow" | "cyan", text: string): string;
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  return {
    out: (text) =>
      new Promise((resolve, reject) => {
        exitOnClosedPipe(process.stdout).write(text, (error) => {
          if (error) readerLeft(error);
          if (error) reject(unwritten(error));
          else resolve();
        });
      }),
    say: (line) => void exitOnClosedPipe(process.stderr).write(`${line}\n`),
    // A getter, because opening standard input takes longer than most commands.
    get interactive() {
      return process.stdin.isTTY === true && process.stderr.isTTY === true;
    },
    style: (format, text) => styleText(format, text, { stream: process.stderr }),
  };
}

/** Ends the process quietly when the reader of a stream has left, as in `vms … | head`. */
export function exitOnClosedPipe<S extends NodeJS.WriteStream>(stream: S): S {
  if (!stream.listeners("error").includes(readerLeft)) stream.on("error", readerLeft);
  return stream;
}

function unwritten({ code = "unknown" }: NodeJS.ErrnoException): CliError {
  const hint = ["ENOSPC", "EDQUOT"].includes(code) ? "Free some space there, or write somewhere else." : undefined;
  return new CliError(EXIT.failed, `standard output cannot be written (${code}).`, hint);
}

function readerLeft(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
}
