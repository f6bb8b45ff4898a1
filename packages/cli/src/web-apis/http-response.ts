import type { IncomingMessage } from "node:http";
import { PassThrough, Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { httpHeaders } from "./http-headers.ts";

/** The bodies that nobody has asked for as a web stream yet. */
const untouched = new WeakMap<Response, Readable>();

/** An answer of `node:http` as `fetch` gives it. Web streams and `Response` itself are loaded for who asks for them. */
export function httpResponse(message: IncomingMessage, url: string, source: Readable | null): Response {
  const headers = httpHeaders(message);
  const { statusCode: status = 0, statusMessage: statusText = "" } = message;
  let node = source;
  let web: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined;
  const body = () => {
    untouched.delete(response);
    web ??= node === null ? null : webStream(node);
    return web;
  };
  // For what reads a whole body at once.
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
      const [mine, other] = forked(node);
      node = mine;
      untouched.set(response, mine);
      return httpResponse(message, url, other);
    },
    arrayBuffer: () => whole().arrayBuffer(),
    blob: () => whole().blob(),
    bytes: () => whole().bytes(),
    formData: () => whole().formData(),
    json: () => whole().json(),
    text: () => whole().text(),
  };
  if (node !== null) untouched.set(response, node);
  return response;
}

/** A response's body as a stream of Node's, without a detour where it is one. */
export function nodeBody(response: Response): Readable {
  const node = untouched.get(response);
  if (node !== undefined) return node;
  return response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>);
}

function webStream(node: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  return Readable.toWeb(node) as ReadableStream<Uint8Array<ArrayBuffer>>;
}

// Both are filled at the pace of the slower one; who leaves does not end the other.
function forked(source: Readable): [Readable, Readable] {
  const ends: [PassThrough, PassThrough] = [new PassThrough(), new PassThrough()];
  for (const end of ends) source.pipe(end);
  source.once("error", (error) => {
    for (const end of ends) end.destroy(error);
  });
  return ends;
}
