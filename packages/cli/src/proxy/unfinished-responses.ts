import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Knows which answers of a connection are not sent yet. */
export interface UnfinishedResponses {
  add(socket: Duplex, response: ServerResponse): void;
  /** In the order of their requests. */
  of(socket: Duplex): ReadonlySet<ServerResponse>;
}

/** Keeps count of answers. A connection has several where its client does not wait for one before it asks again. */
export function trackUnfinishedResponses(): UnfinishedResponses {
  const all = new WeakMap<Duplex, Set<ServerResponse>>();
  const none: ReadonlySet<ServerResponse> = new Set();
  return {
    add(socket, response) {
      const own = all.get(socket) ?? new Set();
      all.set(socket, own.add(response));
      // By then Node has taken the socket from it.
      response.once("finish", () => own.delete(response));
    },
    of: (socket) => all.get(socket) ?? none,
  };
}
