import { CliError } from "../errors/cli-error.ts";
import type { ErrorContext } from "./error-context.ts";

/** Runs something with a profile's session. Errors of the packages become a `CliError` that names the profile. */
export async function withErrorContext<T>(context: ErrorContext, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CliError) throw error;
    // Imported late, because most runs do not need it.
    const { describeError, isSessionError } = await import("./describe-error.ts");
    if (!isSessionError(error)) throw error;
    const { exit, message, hint } = describeError(error, context);
    throw new CliError(exit, message, hint, error);
  }
}
