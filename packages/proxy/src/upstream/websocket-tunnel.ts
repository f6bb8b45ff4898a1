import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type RewriteContext, responseHeaders } from "../responses/response-headers.ts";

/** Whether a request opens a WebSocket. Other upgrades, for example to HTTP/2, would bypass the session. */
export function opensWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

/** Confirms the WebSocket to the client, and passes on data in both directions. */
export function openTunnel(
  client: Duplex,
  head: Buffer,
  status: number,
  raw: readonly (Buffer | string)[],
  vendor: Duplex,
  way: RewriteContext,
): void {
  const headers = responseHeaders(raw, way);
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, "connection: upgrade", "upgrade: websocket"];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  client.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (head.length > 0) vendor.write(head);
  connect(client, vendor);
  connect(vendor, client);
}

function connect(from: Duplex, to: Duplex): void {
  // Errors are visible as the end of the other side.
  from.on("error", () => {});
  from.once("close", () => to.end(() => to.destroy()));
  from.pipe(to);
}
