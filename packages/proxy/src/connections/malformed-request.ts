import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

/** Responds to invalid or oversized HTTP, and closes the connection. */
export function answerMalformed(
  code: string | undefined,
  socket: Socket,
  unfinished: ReadonlySet<ServerResponse>,
): void {
  const [first] = unfinished;
  // If an earlier request is waiting for its response, the client would mistake this response for it.
  const isItsOwn = first === undefined || (unfinished.size === 1 && !first.headersSent && !first.req.complete);
  // A browser may open a connection in advance. It would mistake a response for that of its first request.
  const isUnused = socket.bytesRead === 0;
  if (!socket.writable || isUnused || !isItsOwn || code === "ECONNRESET") return void socket.destroy();
  const [status, name, text] = KINDS[code ?? ""] ?? BROKEN;
  const body = `vms proxy: ${text}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: text/plain; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "cache-control: no-store",
    "x-content-type-options: nosniff",
    `vms-proxy-error: ${name}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.destroySoon();
}

type Kind = readonly [status: number, name: string, text: string];

const BROKEN: Kind = [400, "bad_request", "the request is not valid HTTP."];

const KINDS: Readonly<Partial<Record<string, Kind>>> = {
  HPE_HEADER_OVERFLOW: [431, "headers_too_large", "the request's headers are larger than 64 KiB."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "bad_request", "the request's chunk extensions are too large."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "request_timeout", "the request did not arrive in time."],
};
