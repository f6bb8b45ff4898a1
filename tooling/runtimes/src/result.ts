import { isVmsError } from "@vms/core";

/** `works`, or the error. */
export type Result = string;

/** The result of an attempt. */
export async function resultOf(attempt: () => Promise<unknown>): Promise<Result> {
  try {
    await attempt();
    return "works";
  } catch (error) {
    return isVmsError(error) ? `${error.code}: ${error.message}` : String(error);
  }
}
