import { VmsError } from "./vms-error.ts";

/** The vendor refused the code of the second factor. */
export class SecondFactorRejected extends VmsError {
  override readonly name = "SecondFactorRejected";
  readonly code = "second_factor_rejected" as const;
}
