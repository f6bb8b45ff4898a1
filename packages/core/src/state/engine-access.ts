import type { Session } from "../contract/session.ts";
import type { Engine } from "./engine.ts";

// Global, so that sessions of another copy of this package are recognised. Its value is a function, so that printing a
// session does not show the engine.
const ENGINE = Symbol.for("@vms/core/engine");

export function attachEngine<Data, User>(session: Session<User>, engine: Engine<Data, User>): void {
  // `bind` takes less memory than a closure. Configurable, so that a Proxy can wrap the session.
  Object.defineProperty(session, ENGINE, { value: itself.bind(engine), configurable: true });
}

/** @throws {TypeError} `TypeError` if the value is not a session of this package. */
export function engineOf(session: Session): Engine {
  const { [ENGINE]: engine } = session as { [ENGINE]?: () => Engine };
  if (typeof engine !== "function") throw new TypeError("[@vms/core] this is not a session of @vms/core.");
  return engine();
}

function itself<T>(this: T): T {
  return this;
}
