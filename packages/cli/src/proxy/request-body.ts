import type { IncomingMessage } from "node:http";

/** The body of a request to pass on. Bytes can be sent again; a stream cannot. */
export type RequestBody = Buffer | AsyncIterable<Buffer> | null;

/** Bodies up to this size, in bytes, are buffered so that they can be sent again after a new login. */
const MAX_BUFFERED_BYTES = 65_536;

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Reads the body of a request that has one. */
export async function readRequestBody(request: IncomingMessage): Promise<RequestBody> {
  const length = Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (length <= MAX_BUFFERED_BYTES) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
  // The connection stays open after reading stops: the client still needs a response if the vendor stops reading.
  return request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
}

/** The length of a streamed body, if the client gave it. */
export function contentLengthHeader(body: RequestBody, { headers }: IncomingMessage): Record<string, string> {
  const length = headers["content-length"];
  return body === null || Buffer.isBuffer(body) || length === undefined ? {} : { "content-length": length };
}
