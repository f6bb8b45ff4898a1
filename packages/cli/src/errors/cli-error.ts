import { EXIT, type ExitCode } from "./exit-codes.ts";

/** An error with an exit status. The message and the hint are one line each: what happened, and what to do. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exit: ExitCode;
  readonly hint: string | undefined;

  /** @param cause the source of the details for `--verbose`. */
  constructor(exit: ExitCode, message: string, hint?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exit = exit;
    this.hint = hint;
  }
}

/** The error for a wrong command line or file. */
export function usage(message: string, hint?: string): CliError {
  return new CliError(EXIT.usage, message, hint);
}
