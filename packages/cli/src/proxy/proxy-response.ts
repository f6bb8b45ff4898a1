import type { IncomingMessage, ServerResponse } from "node:http";

/** An answer of the proxy itself, in the vendor's place. */
export interface ProxyResponse {
  readonly status: number;
  /** Says why to a script, in the header `vms-proxy-error`, and that it is not the vendor who speaks. */
  readonly code: string;
  /** Says to a person what happened and what to do. No secret is in it. */
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A body that is not wanted is read to its end up to this size, in bytes; a longer one costs the connection. */
const WORTH_READING = 1_048_576;

/** Sends an answer of the proxy's own. */
export function sendProxyResponse(request: IncomingMessage, response: ServerResponse, answer: ProxyResponse): void {
  const { status, code, text, headers } = answer;
  const body = Buffer.from(`vms proxy: ${text}\n`);
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": body.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(code === "" ? {} : { "vms-proxy-error": code }),
    ...(isWorthReading(request) ? {} : { connection: "close" }),
    ...headers,
  });
  response.end(body);
  request.resume();
}

function isWorthReading({ complete, headers }: IncomingMessage): boolean {
  if (complete) return true;
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) <= WORTH_READING;
}
