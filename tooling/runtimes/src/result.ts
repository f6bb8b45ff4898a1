import { isVmsError } from "@vms/core";

/** `works`, or what came instead. */
export type Result = string;

/** What became of something that is tried. */
export async function resultOf(attempt: () => Promise<unknown>): Promise<Result> {
  try {
    await attempt();
    return "works";
  } catch (error) {
    return isVmsError(error) ? `${error.code}: ${error.message}` : String(error);
  }
}
