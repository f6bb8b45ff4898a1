import type { IncomingMessage } from "node:http";

/** The body of a request to pass on. The session sends a short one again after a new login. */
export type RequestBody = AsyncIterable<Buffer> | null;

export function requestBody(request: IncomingMessage): RequestBody {
  const { headers } = request;
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  // The connection stays open after reading stops: the client still needs a response if the vendor stops reading.
  return hasBody ? (request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) : null;
}

/** The length of a body, if the client gave it. */
export function contentLengthHeader(body: RequestBody, { headers }: IncomingMessage): Record<string, string> {
  const length = headers["content-length"];
  return body === null || length === undefined ? {} : { "content-length": length };
}
