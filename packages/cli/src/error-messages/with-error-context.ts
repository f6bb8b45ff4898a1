import { CliError } from "../errors/cli-error.ts";
import type { ErrorContext } from "./error-context.ts";

/** Runs something with a profile's session. What the packages then throw is told with the profile's name. */
export async function withErrorContext<T>(context: ErrorContext, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CliError) throw error;
    // Loaded late, as most runs do without.
    const { describeError, isSessionError } = await import("./describe-error.ts");
    if (!isSessionError(error)) throw error;
    const { exit, message, hint } = describeError(error, context);
    throw new CliError(exit, message, hint, error);
  }
}
