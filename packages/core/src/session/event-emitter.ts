import type { SessionEvent, SessionEvents } from "../contract/events.ts";

interface Listening {
  readonly type: string;
  readonly listener: (event: never) => unknown;
}

/** Calls the listeners of a session. Exceptions thrown by listeners are ignored. */
export class EventEmitter<User> implements SessionEvents<User> {
  #all: Listening[] | undefined;

  on<E extends SessionEvent<User>["type"]>(
    type: E,
    listener: (event: Extract<SessionEvent<User>, { type: E }>) => void,
  ): () => void {
    const isIt = (one: Listening) => one.type === type && one.listener === listener;
    this.#all ??= [];
    if (!this.#all.some(isIt)) this.#all.push({ type, listener });
    return () => {
      this.#all = this.#all?.filter((one) => !isIt(one));
    };
  }

  emit(event: SessionEvent<User>): void {
    for (const { listener } of this.#all?.filter(({ type }) => type === event.type) ?? []) {
      try {
        const result = (listener as (event: SessionEvent<User>) => unknown)(event);
        // A rejection of an async listener must not become an unhandled rejection.
        if (result instanceof Promise) result.catch(() => {});
      } catch {}
    }
  }
}
