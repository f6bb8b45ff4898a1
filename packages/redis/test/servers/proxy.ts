import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A proxy to a server that a test can redirect, as a failover does, disconnect or silence. */
export interface Proxy {
  readonly port: number;
  /** Connects to another port from now on, and closes open connections. */
  leadTo(port: number): void;
  /** Closes open connections. */
  cut(): void;
  /** Drops all data on open and new connections until `leadTo`. */
  silence(): void;
  close(): Promise<void>;
}

export async function startProxy(target: number): Promise<Proxy> {
  let port = target;
  let silent = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = silent ? undefined : connect(port, "127.0.0.1");
    for (const [socket, partner] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      if (socket === undefined) continue;
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        partner?.destroy();
      });
      socket.on("data", (chunk) => {
        if (!silent) partner?.write(chunk);
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(next) {
      port = next;
      silent = false;
      cut();
    },
    cut,
    silence() {
      silent = true;
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
