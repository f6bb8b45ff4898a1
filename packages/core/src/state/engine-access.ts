import type { Session } from "../contract/session.ts";
import type { Engine } from "./engine.ts";

// A symbol of the global registry, so that a session of another copy of this package is known. What stands under it is
// a function: whoever prints a session sees nothing of its engine.
const ENGINE = Symbol.for("@vms/core/engine");

/** Hides a session's engine in it, for other doors to it than `fetch`. */
export function attachEngine<Data, User>(session: Session<User>, engine: Engine<Data, User>): void {
  // Bound, as that takes less memory than a function around it. Configurable, so that a proxy may wrap it.
  Object.defineProperty(session, ENGINE, { value: itself.bind(engine), configurable: true });
}

/**
 * A session's engine.
 * @throws {TypeError} where it is no session of this package.
 */
export function engineOf(session: Session): Engine {
  const { [ENGINE]: engine } = session as { [ENGINE]?: () => Engine };
  if (typeof engine !== "function") throw new TypeError("[@vms/core] this is not a session of @vms/core.");
  return engine();
}

function itself<T>(this: T): T {
  return this;
}
