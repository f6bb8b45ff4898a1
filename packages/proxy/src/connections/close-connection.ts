import type { Duplex } from "node:stream";

/** How long a client may read a response before its connection is closed, in ms. */
const LINGER = 1_000;

/**
 * Closes a connection after its last response. It is not closed immediately, because a client that is still sending would
 * lose the response.
 */
export function closeSoon(socket: Duplex): void {
  if (socket.destroyed) return;
  socket.end();
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once("close", () => clearTimeout(timer));
}
