import type { IncomingMessage } from "node:http";
import { PassThrough, Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { httpHeaders } from "./http-headers.ts";

/** The bodies that have not been requested as web streams yet. */
const unreadBodies = new WeakMap<Response, Readable>();

/** A `Response` from a message of `node:http`. Web streams and the class `Response` are loaded only when needed. */
export function httpResponse(message: IncomingMessage, url: string, source: Readable | null): Response {
  const headers = httpHeaders(message);
  const { statusCode: status = 0, statusMessage: statusText = "" } = message;
  let node = source;
  let web: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined;
  const body = () => {
    unreadBodies.delete(response);
    web ??= node === null ? null : webStream(node);
    return web;
  };
  // For methods that read the whole body.
  const whole = () => new Response(body(), { headers });
  const response: Response = {
    status,
    statusText,
    ok: status >= 200 && status <= 299,
    type: "default",
    url,
    redirected: false,
    headers,
    get body() {
      return body();
    },
    get bodyUsed() {
      return web?.locked ?? node?.readableDidRead ?? false;
    },
    clone() {
      if (node === null) return httpResponse(message, url, null);
      if (web !== undefined) throw new TypeError("a body that is being read cannot be cloned");
      const [mine, other] = tee(node);
      node = mine;
      unreadBodies.set(response, mine);
      return httpResponse(message, url, other);
    },
    arrayBuffer: () => whole().arrayBuffer(),
    blob: () => whole().blob(),
    bytes: () => whole().bytes(),
    formData: () => whole().formData(),
    json: () => whole().json(),
    text: () => whole().text(),
  };
  if (node !== null) unreadBodies.set(response, node);
  return response;
}

/** The body of a response as a Node stream, without conversion if it is one. */
export function nodeBody(response: Response): Readable {
  const node = unreadBodies.get(response);
  if (node !== undefined) return node;
  return response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>);
}

function webStream(node: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  return Readable.toWeb(node) as ReadableStream<Uint8Array<ArrayBuffer>>;
}

// Both are filled at the pace of the slower one. If one is destroyed, the other continues.
function tee(source: Readable): [Readable, Readable] {
  const ends: [PassThrough, PassThrough] = [new PassThrough(), new PassThrough()];
  for (const end of ends) source.pipe(end);
  source.once("error", (error) => {
    for (const end of ends) end.destroy(error);
  });
  return ends;
}
