import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { styled } from "../system/colours.ts";
import type { Output, System } from "../system/system.ts";
import { wrapFor } from "./wrap.ts";

/** The input and output of a command. Only the result goes to `stdout`. */
export interface Terminal {
  readonly system: System;
  /** Writes the result. Waits if the reader is slow. */
  out(text: string | Uint8Array): Promise<void>;
  /** Writes a line for people to standard error: notices, warnings, progress. A terminal gets it wrapped at words. */
  say(line: string): void;
  /** Writes help, whose reader may close the stream early. */
  help(text: string, to: "stdout" | "stderr"): void;
  /** Whether a person can be asked: standard input and standard error are a terminal. */
  readonly interactive: boolean;
  /** Styles a text for standard error, if that is a terminal and `NO_COLOR` is not set. */
  style(format: "bold" | "dim" | "red" | "green" | "yellow" | "cyan", text: string): string;
  /** Sets the exit status of this run. The status of an error overrides it. */
  setStatus(status: number): void;
  /** The exit status of this run. */
  status(): number;
}

/** The terminal of a system. */
export function openTerminal(system: System): Terminal {
  let status: number = EXIT.ok;
  // Ends the run without an error when the reader has closed the stream, as in `vms … | head`.
  const readerLeft = (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") system.exit(status);
  };
  const guarded = <S extends Output>(stream: S): S => {
    if (!stream.listeners("error").includes(readerLeft)) stream.on("error", readerLeft);
    return stream;
  };
  return {
    system,
    out: (text) =>
      new Promise((resolve, reject) => {
        guarded(system.stdout).write(text, (error) => {
          if (error) readerLeft(error);
          if (error) reject(unwritten(error));
          else resolve();
        });
      }),
    say: (line) => void guarded(system.stderr).write(`${wrapFor(system.stderr, line)}\n`),
    help: (text, to) => void guarded(system[to]).write(wrapFor(system[to], text)),
    // A getter, because opening standard input takes longer than most commands.
    get interactive() {
      return system.stdin.isTTY === true && system.stderr.isTTY === true;
    },
    style: (format, text) => styled(format, text, system.stderr, system.env),
    setStatus: (one) => {
      status = one;
    },
    status: () => status,
  };
}

function unwritten({ code = "unknown" }: NodeJS.ErrnoException): CliError {
  const hint = ["ENOSPC", "EDQUOT"].includes(code) ? "Free some space there, or write somewhere else." : undefined;
  return new CliError(EXIT.failed, `standard output cannot be written (${code}).`, hint);
}
