import { CliError } from "../errors/cli-error.ts";
import type { Who } from "./describe-error.ts";

/** Runs something with a profile's session. What the packages then throw is told with the profile's name. */
export async function toldFor<T>(who: Who, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CliError) throw error;
    // Loaded late, as most runs do without.
    const { failureOf, isOfSession } = await import("./describe-error.ts");
    if (!isOfSession(error)) throw error;
    const { exit, message, hint } = failureOf(error, who);
    throw new CliError(exit, message, hint, error);
  }
}
