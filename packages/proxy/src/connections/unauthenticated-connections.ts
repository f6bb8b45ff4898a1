import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ConnectionLimits } from "./connection-limits.ts";

/** The connections on which no request has been accepted yet. */
export interface UnauthenticatedConnections {
  add(socket: Socket): void;
  /** Removes a connection on which a request was accepted. It is no longer limited. */
  accept(socket: Duplex): void;
  /** Closes all of them, because the process cannot open more files. */
  closeAll(): void;
}

/**
 * Limits the number and the time of unauthenticated connections.
 * @param expire closes a connection whose time is up.
 */
export function limitUnauthenticated(
  { headersTimeout, maxUnauthenticated }: Required<ConnectionLimits>,
  expire: (socket: Socket) => void,
): UnauthenticatedConnections {
  /** In the order in which they were opened. */
  const waiting = new Map<Duplex, NodeJS.Timeout>();
  let isEvicting = false;

  function remove(socket: Duplex): boolean {
    clearTimeout(waiting.get(socket));
    return waiting.delete(socket);
  }

  function evict(): void {
    isEvicting = false;
    for (const socket of waiting.keys()) {
      if (waiting.size <= maxUnauthenticated) return;
      remove(socket);
      socket.destroy();
    }
  }

  return {
    add(socket) {
      const over = () => {
        if (remove(socket)) expire(socket);
      };
      // If the process was busy, requests that have arrived are read first.
      waiting.set(socket, setTimeout(() => setImmediate(over), headersTimeout).unref());
      socket.once("close", () => remove(socket));
      if (waiting.size <= maxUnauthenticated || isEvicting) return;
      isEvicting = true;
      // Waits until Node has read what has arrived on the new connections.
      setImmediate(() => setImmediate(evict));
    },
    accept: remove,
    closeAll() {
      for (const socket of waiting.keys()) {
        remove(socket);
        socket.destroy();
      }
    },
  };
}
