import type { Session, SessionEvent } from "@vms/core";

/** A session, and its events about the store and logins. */
export interface Watched<User = unknown> {
  readonly session: Session<User>;
  readonly failures: Extract<SessionEvent, { type: "store_failed" }>[];
  readonly from: string[];
}

export function watch<User>(session: Session<User>): Watched<User> {
  const watched: Watched<User> = { session, failures: [], from: [] };
  session.on("store_failed", (event) => watched.failures.push(event));
  session.on("login", (event) => watched.from.push(event.from));
  return watched;
}
