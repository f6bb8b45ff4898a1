import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The responses of each connection that are not sent yet. */
export interface UnfinishedResponses {
  add(socket: Duplex, response: ServerResponse): void;
  /** In the order of their requests. */
  of(socket: Duplex): ReadonlySet<ServerResponse>;
}

/** Tracks unfinished responses. A connection has several if its client sends requests without waiting. */
export function trackUnfinishedResponses(): UnfinishedResponses {
  const all = new WeakMap<Duplex, Set<ServerResponse>>();
  const none: ReadonlySet<ServerResponse> = new Set();
  return {
    add(socket, response) {
      const own = all.get(socket) ?? new Set();
      all.set(socket, own.add(response));
      // By then Node has detached the socket from the response.
      response.once("finish", () => own.delete(response));
    },
    of: (socket) => all.get(socket) ?? none,
  };
}
