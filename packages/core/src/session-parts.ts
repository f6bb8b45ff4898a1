import type { Engine } from "./engine-contract.ts";
import type { Flow } from "./flow.ts";
import type { Settings } from "./options.ts";
import type { Session } from "./session.ts";

/** What a session is made of, for other doors to it than `fetch`. */
export interface SessionParts<Data = unknown, User = unknown> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly engine: Engine<Data, User>;
}

// A symbol of the global registry, so that a session of another copy of this package is known. What stands under it is
// a function: whoever prints a session sees nothing of its parts.
const PARTS = Symbol.for("@vms/core/session-parts");

/** Hides a session's parts in it. */
export function withParts<Data, User>(session: Session<User>, parts: SessionParts<Data, User>): Session<User> {
  return Object.defineProperty(session, PARTS, { value: () => parts });
}

/**
 * A session's parts.
 * @throws {TypeError} where it is no session of this package.
 */
export function partsOf(session: Session): SessionParts {
  const parts: unknown = (session as { [PARTS]?: unknown })[PARTS];
  if (typeof parts !== "function") throw new TypeError("[@vms/core] this is not a session of @vms/core.");
  return parts() as SessionParts;
}
