import type { Engine } from "./engine-contract.ts";
import type { Session } from "./session.ts";

/**
 * Where a session keeps its engine, for other doors to it than `fetch`. It is a symbol of the global registry, so that a
 * session of another copy of this package is known; and a method stands under it, so that whoever prints a session sees
 * nothing of its engine.
 */
export const ENGINE: unique symbol = Symbol.for("@vms/core/engine");

/**
 * A session's engine.
 * @throws {TypeError} where it is no session of this package.
 */
export function engineOf(session: Session): Engine {
  const { [ENGINE]: engine } = session as { [ENGINE]?: () => Engine };
  if (typeof engine !== "function") throw new TypeError("[@vms/core] this is not a session of @vms/core.");
  return engine.call(session);
}
