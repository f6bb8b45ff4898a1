import type { IncomingMessage } from "node:http";

/** What is sent on of a request's body. Bytes can be sent again; a stream goes once. */
export type RequestBody = Buffer | AsyncIterable<Buffer> | null;

/** Bodies up to this size, in bytes, are held until they are whole, so that they can be sent again after a new login. */
const HELD_BYTES = 65_536;

/** Whether a request has a body at all. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** The body of a request that has one. */
export async function readRequestBody(request: IncomingMessage): Promise<RequestBody> {
  const length = Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (length <= HELD_BYTES) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
  // The client's connection must outlive this reading: an answer is owed to it also when the vendor stops listening.
  return request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
}

/** How long a streamed body is, where the client said so. */
export function contentLengthHeader(body: RequestBody, { headers }: IncomingMessage): Record<string, string> {
  const length = headers["content-length"];
  return body === null || Buffer.isBuffer(body) || length === undefined ? {} : { "content-length": length };
}
