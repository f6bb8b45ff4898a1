import { EXIT, type ExitCode } from "./exit-codes.ts";

/** A failure with its exit status: what happened in one line, and what to do in another. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exit: ExitCode;
  readonly hint: string | undefined;

  /** @param cause what to tell more of with `--verbose`. */
  constructor(exit: ExitCode, message: string, hint?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exit = exit;
    this.hint = hint;
  }
}

/** The command line or a file is wrong. */
export function usage(message: string, hint?: string): CliError {
  return new CliError(EXIT.usage, message, hint);
}
