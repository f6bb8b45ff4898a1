import type { Engine } from "./engine-contract.ts";
import type { Session } from "./session.ts";

// A symbol of the global registry, so that a session of another copy of this package is known.
const ENGINE = Symbol.for("@vms/core/engine");

/** A class, because whoever prints a session sees nothing of a private field. */
class Hidden<Data, User> {
  readonly #engine: Engine<Data, User>;

  constructor(engine: Engine<Data, User>) {
    this.#engine = engine;
    // What makes a proxy of all that it finds in an object leaves alone what is frozen.
    Object.freeze(this);
  }

  engine(): Engine<Data, User> {
    return this.#engine;
  }
}

/** Hides a session's engine in it, for other doors to it than `fetch`. */
export function hideEngine<Data, User>(session: Session<User>, engine: Engine<Data, User>): void {
  Object.defineProperty(session, ENGINE, { value: new Hidden(engine) });
}

/**
 * A session's engine.
 * @throws {TypeError} where it is no session of this package.
 */
export function engineOf(session: Session): Engine {
  const { [ENGINE]: hidden } = session as { [ENGINE]?: Hidden<unknown, unknown> };
  if (hidden === undefined) throw new TypeError("[@vms/core] this is not a session of @vms/core.");
  return hidden.engine();
}
