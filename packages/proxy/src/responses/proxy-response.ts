import type { IncomingMessage, ServerResponse } from "node:http";

/** A response of the proxy itself instead of the vendor's. */
export interface ProxyResponse {
  readonly status: number;
  /** The reason, for scripts, in the header `vms-proxy-error`. The vendor's responses do not have this header. */
  readonly code: string;
  /** What happened and what to do, for people. Contains no secret. */
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refused request body is read up to this size, in bytes. If it is longer, the connection is closed. */
const MAX_READ_BYTES = 1_048_576;

/** Sends a response of the proxy itself. */
export function sendProxyResponse(request: IncomingMessage, response: ServerResponse, answer: ProxyResponse): void {
  const { status, code, text, headers } = answer;
  // Set apart, so that the access log can read it.
  if (code !== "") response.setHeader("vms-proxy-error", code);
  sendBody(request, response, status, `vms proxy: ${text}\n`, headers);
}

/** Sends a body of the proxy itself. `headers` can name another type than plain text. */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: ProxyResponse["headers"] = {},
): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": body.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(isShort(request) ? {} : { connection: "close" }),
    ...headers,
  });
  response.end(body);
  request.resume();
}

function isShort({ complete, headers }: IncomingMessage): boolean {
  if (complete) return true;
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) <= MAX_READ_BYTES;
}
