import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";

/** Serves until the benchmark ends, and reports the port to the benchmark. */
export async function listen(server: Server): Promise<void> {
  server.keepAliveTimeout = 600_000;
  process.on("disconnect", () => process.exit());
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}

/** A slow reader takes a MB, then nothing for this many ms: 70 to 100 MB/s, a fraction of what loopback carries. */
const PAUSE = 10;

/** Reads a stream slowly. */
export function paced(stream: Readable): void {
  let read = 0;
  stream.on("data", (chunk: Buffer) => {
    read += chunk.length;
    if (read < 2 ** 20) return;
    read = 0;
    stream.pause();
    setTimeout(() => stream.resume(), PAUSE);
  });
}
