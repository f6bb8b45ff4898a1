import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `login_limited`: the session has signed in too often and must wait `retryAfter` (ms). The event `login_limited` has
 * the cause.
 */
export class LoginLimited extends VmsError {
  override readonly name = "LoginLimited";
  readonly code = "login_limited" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { retryable: true, remedy: { id: "wait" }, ...details });
  }
}
