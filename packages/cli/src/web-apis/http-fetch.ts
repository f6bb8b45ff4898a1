import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import process from "node:process";
import { pipeline, Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { TransportOptions } from "../sessions/transport.ts";
import { httpResponse } from "./http-response.ts";

/** How long a connection may be silent, in ms. `fetch` has the same limit. */
const IDLE_TIMEOUT = 300_000;

/** The request bodies that `httpFetch` sends itself. */
type SupportedBody = string | Blob | ReadableStream<Uint8Array> | null;

/**
 * `fetch` on top of `node:http`. Node's own takes longer to load than the rest of a run, and buffers uploads in memory.
 * Unsupported requests, for example forms, are passed to Node's own.
 */
export function httpFetch({ ca, fallback }: TransportOptions): typeof globalThis.fetch {
  return (input, init = {}) => {
    const { body = null, redirect = "follow" } = init;
    const plain = (typeof input === "string" || input instanceof URL) && redirect === "manual";
    if (!plain || !isLight(body)) return fallback(input, init);
    return send(new URL(input), init, body, ca === undefined ? {} : { ca });
  };
}

function isLight(body: BodyInit | null): body is SupportedBody {
  return body === null || typeof body === "string" || body instanceof Blob || body instanceof ReadableStream;
}

async function send(
  url: URL,
  init: RequestInit,
  body: SupportedBody,
  trust: { readonly ca?: string },
): Promise<Response> {
  init.signal?.throwIfAborted();
  const secure = url.protocol === "https:";
  // Not imported: an import reads all properties of the module, one of which loads all of `fetch`.
  const { request } = process.getBuiltinModule(secure ? "node:https" : "node:http");
  const options: RequestOptions = {
    method: init.method ?? "GET",
    headers: headersOf(init, body),
    timeout: IDLE_TIMEOUT,
    ...trust,
    ...(init.signal ? { signal: init.signal } : {}),
  };
  const message = await responseTo(request(url, options), body);
  const bare = options.method === "HEAD" || [204, 205, 304].includes(message.statusCode ?? 0);
  if (bare) message.resume();
  return httpResponse(message, withoutHash(url), bare ? null : decompressed(message));
}

function responseTo(request: ClientRequest, body: SupportedBody): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    // The listener stays. Errors after the response has started are reported by the response's stream.
    request.on("error", reject);
    request.once("timeout", () => {
      request.destroy(Object.assign(new Error("the connection was silent for too long"), { code: "ETIMEDOUT" }));
    });
    if (body === null || typeof body === "string") return void request.end(body ?? undefined);
    const source = Readable.fromWeb((body instanceof Blob ? body.stream() : body) as NodeReadableStream<Uint8Array>);
    // If one stream ends, the other ends too. The response may arrive while the body is still being sent.
    pipeline(source, request, () => {});
    source.once("error", reject);
  });
}

function headersOf({ headers = {} }: RequestInit, body: SupportedBody): Record<string, string> {
  const given: [string, string][] =
    Symbol.iterator in headers ? [...headers].map(([name = "", value = ""]) => [name, value]) : Object.entries(headers);
  return {
    accept: "*/*",
    "accept-encoding": "gzip, deflate, br",
    ...bodyHeaders(body),
    ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

function bodyHeaders(body: SupportedBody): Record<string, string> {
  if (body === null) return {};
  if (typeof body === "string") {
    return { "content-type": "text/plain;charset=UTF-8", "content-length": String(Buffer.byteLength(body)) };
  }
  return body instanceof Blob ? { "content-length": String(body.size) } : { "transfer-encoding": "chunked" };
}

/** The decompressed body. Unknown encodings are passed on unchanged. */
function decompressed(message: IncomingMessage): Readable {
  const coding = message.headers["content-encoding"]?.trim().toLowerCase();
  if (coding === undefined || !["gzip", "x-gzip", "deflate", "br"].includes(coding)) return message;
  const { createBrotliDecompress, createUnzip } = process.getBuiltinModule("node:zlib");
  const decoder = coding === "br" ? createBrotliDecompress() : createUnzip();
  // The decoder reports its errors to the reader of the body.
  return pipeline(message, decoder, () => {});
}

function withoutHash(url: URL): string {
  return url.hash === "" ? url.href : url.href.slice(0, -url.hash.length);
}
