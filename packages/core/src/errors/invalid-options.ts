import { VmsError } from "./vms-error.ts";

/** An option is missing, malformed or contradicts another. Thrown before any request; the message names the option and what to write. */
export class InvalidOptions extends VmsError {
  override readonly name = "InvalidOptions";
  readonly code = "invalid_options" as const;
}
