import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** `session_closed`: the session was signed out or closed. `login()` reopens it. */
export class SessionClosed extends VmsError {
  override readonly name = "SessionClosed";
  readonly code = "session_closed" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "open_session" }, ...details });
  }
}

export function closedError(vendor: string): SessionClosed {
  return new SessionClosed(vendor, "the session was signed out.");
}
