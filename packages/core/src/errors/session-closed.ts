import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** `session_closed`: the session was signed out. `login()` opens it again. */
export class SessionClosed extends VmsError {
  override readonly name = "SessionClosed";
  readonly code = "session_closed" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "open_session" }, ...details });
  }
}

/** The error after a sign-out. */
export function closedError(vendor: string): SessionClosed {
  return new SessionClosed(vendor, "the session was signed out.");
}
