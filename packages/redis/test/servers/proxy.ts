import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that a test can lead elsewhere, as a failover does, cut, or fill with silence. */
export interface Proxy {
  readonly port: number;
  /** Leads to another port from now on, and breaks what is open. */
  leadTo(port: number): void;
  /** Breaks what is open. */
  cut(): void;
  /** Lets nothing more through on what is open, and nothing on what is opened later, until `leadTo`. */
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
