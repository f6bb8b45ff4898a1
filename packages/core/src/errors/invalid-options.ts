import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `invalid_options`: an option is missing, malformed or contradicts another one. The message names it and says what to
 * write.
 */
export class InvalidOptions extends VmsError {
  override readonly name = "InvalidOptions";
  readonly code = "invalid_options" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "correct_option" }, ...details });
  }
}
