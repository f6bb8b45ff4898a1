import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/**
 * `login_limited`: the session may not sign in now, because it has signed in too often. `retryAfter` (ms) says when it may.
 *
 * The event `login_limited` has the cause.
 */
export class LoginLimited extends VmsError {
  override readonly name = "LoginLimited";
  readonly code = "login_limited" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { retryable: true, remedy: { id: "wait" }, ...details });
  }
}
