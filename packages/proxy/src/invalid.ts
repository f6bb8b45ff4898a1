import { InvalidOptions } from "@vms/core";

/** The error of an option of `createProxy`. */
export function invalid(problem: string): InvalidOptions {
  return new InvalidOptions("proxy", problem);
}
