import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** Sends bytes unchanged, and returns what arrives until the other side closes. */
export async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(bytes, "latin1");
  return text(socket);
}
