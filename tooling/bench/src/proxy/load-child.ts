import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Load } from "./loads.ts";
import { paced } from "./process.ts";

// The load generator, in its own process. It parses only as much HTTP as it needs to verify a response, so that it is
// never the bottleneck.

/** A command of the benchmark. */
export interface LoadOrder {
  readonly port: number;
  /** The header that authenticates a request. */
  readonly credential: readonly [name: string, value: string];
  readonly load: Load;
}

const upload = Buffer.alloc(2 ** 20, "y");

process.on("disconnect", () => process.exit());
process.on("message", (order: LoadOrder) => {
  run(order).then(
    (ms) => process.send?.({ ms }),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.send?.("ready");

/** Sends the requests, and returns the time that they took, in ms. */
async function run({ port, credential, load }: LoadOrder): Promise<number> {
  const head = headOf(port, credential, load);
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => opened(port)));
  let left = load.requests;
  const began = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      while (left-- > 0) await exchange(socket, head, load);
    }),
  );
  const took = performance.now() - began;
  for (const socket of sockets) socket.destroy();
  return took;
}

async function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** A request as Node's `fetch` sends it. */
function headOf(port: number, [name, value]: LoadOrder["credential"], { path, upload }: Load): string {
  const lines = [
    `${upload > 0 ? "PUT" : "GET"} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    "connection: keep-alive",
    `${name}: ${value}`,
    "accept: */*",
    "accept-language: *",
    "sec-fetch-mode: cors",
    "user-agent: node",
    "accept-encoding: gzip, deflate",
    ...(upload > 0 ? ["content-type: application/octet-stream", `content-length: ${upload}`] : []),
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Sends a request, and resolves when its response is complete. */
function exchange(socket: Socket, head: string, load: Load): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    // The rest of the body; -1 while the head is not complete.
    let rest = -1;
    const gone = () => reject(new Error(`${load.path}: the connection has ended`));
    const finish = (error?: Error) => {
      socket.removeAllListeners();
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.on("close", gone);
    socket.on("error", gone);
    socket.on("data", (chunk: Buffer) => {
      if (rest >= 0) rest -= chunk.length;
      else {
        text += chunk.toString("latin1");
        const end = text.indexOf("\r\n\r\n");
        if (end === -1) return;
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1]);
        const isRight = text.startsWith("HTTP/1.1 200 ") && length === load.download;
        if (!isRight) return finish(new Error(`${load.path}: ${text.slice(0, 300)}`));
        rest = length - (text.length - end - 4);
      }
      if (rest === 0) finish();
      else if (rest < 0) finish(new Error(`${load.path}: more than the answer arrived`));
    });
    if (load.slow) paced(socket);
    socket.write(head, "latin1");
    if (load.upload > 0) send(socket, load.upload);
  });
}

function send(socket: Socket, size: number): void {
  let left = size;
  const more = () => {
    while (left > 0) {
      left -= upload.length;
      if (!socket.write(upload)) break;
    }
    if (left === 0) socket.off("drain", more);
  };
  socket.on("drain", more);
  more();
}
