import {
  EVENT_NAMES,
  type SessionEvent,
  type SessionEventName,
  type SessionEvents,
} from "../contract/events/session-events.ts";
import { quote, suggestion } from "../contract/known-names.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";

interface Listening {
  readonly type: string;
  readonly listener: (event: never) => unknown;
}

export abstract class EventEmitter<User> {
  abstract readonly flow: { readonly vendor: string };
  #all: Listening[] | undefined;

  on<E extends SessionEventName>(type: E, listener: (event: SessionEvents<User>[E]) => void): () => void {
    this.#check(type, listener);
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
        // A rejection in an async listener must not become an unhandled rejection.
        if (result !== undefined) Promise.resolve(result).catch(() => {});
      } catch {}
    }
  }

  #check(type: unknown, listener: unknown): void {
    if (typeof type !== "string" || !EVENT_NAMES.includes(type)) {
      const name = String(type);
      throw new InvalidOptions(
        this.flow.vendor,
        `\`on\`: there is no event ${quote(name)}. ${suggestion(name, EVENT_NAMES)}`,
      );
    }
    if (typeof listener !== "function") {
      throw new InvalidOptions(this.flow.vendor, `\`on\`: the listener of ${quote(type)} must be a function.`);
    }
  }
}
