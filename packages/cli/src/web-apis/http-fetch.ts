import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import process from "node:process";
import { pipeline, Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { TransportOptions } from "../sessions/transport.ts";
import { httpResponse } from "./http-response.ts";

/** How long a connection may be silent, in ms: as long as `fetch` waits. */
const SILENCE = 300_000;

/** What the light `fetch` sends by itself. */
type SupportedBody = string | Blob | ReadableStream<Uint8Array> | null;

/**
 * `fetch` for a call of `vms`, over `node:http`. Node's own takes longer to load than the whole rest of a run, and holds an
 * upload in memory as a whole. What a call has no use for, such as a form, is left to the whole one.
 */
export function httpFetch({ ca, whole }: TransportOptions): typeof globalThis.fetch {
  return (input, init = {}) => {
    const { body = null, redirect = "follow" } = init;
    const plain = (typeof input === "string" || input instanceof URL) && redirect === "manual";
    if (!plain || !isLight(body)) return whole(input, init);
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
  // Not imported: that looks at all properties of the module, one of which loads the whole of `fetch`.
  const { request } = process.getBuiltinModule(secure ? "node:https" : "node:http");
  const options: RequestOptions = {
    method: init.method ?? "GET",
    headers: headersOf(init, body),
    timeout: SILENCE,
    ...trust,
    ...(init.signal ? { signal: init.signal } : {}),
  };
  const message = await answered(request(url, options), body);
  const bare = options.method === "HEAD" || [204, 205, 304].includes(message.statusCode ?? 0);
  if (bare) message.resume();
  return httpResponse(message, withoutHash(url), bare ? null : decoded(message));
}

function answered(request: ClientRequest, body: SupportedBody): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    // Stays: what breaks after the answer has begun is told by the answer's own stream.
    request.on("error", reject);
    request.once("timeout", () => {
      request.destroy(Object.assign(new Error("the connection was silent for too long"), { code: "ETIMEDOUT" }));
    });
    if (body === null || typeof body === "string") return void request.end(body ?? undefined);
    const source = Readable.fromWeb((body instanceof Blob ? body.stream() : body) as NodeReadableStream<Uint8Array>);
    // Who stops reading stops the other; an answer may come while the body is still on its way.
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
    ...ofBody(body),
    ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

function ofBody(body: SupportedBody): Record<string, string> {
  if (body === null) return {};
  if (typeof body === "string") {
    return { "content-type": "text/plain;charset=UTF-8", "content-length": String(Buffer.byteLength(body)) };
  }
  return body instanceof Blob ? { "content-length": String(body.size) } : { "transfer-encoding": "chunked" };
}

/** The body as it was before it was packed for the way. Who packs it in a way of its own gets it as it is. */
function decoded(message: IncomingMessage): Readable {
  const coding = message.headers["content-encoding"]?.trim().toLowerCase();
  if (coding === undefined || !["gzip", "x-gzip", "deflate", "br"].includes(coding)) return message;
  const { createBrotliDecompress, createUnzip } = process.getBuiltinModule("node:zlib");
  const decoder = coding === "br" ? createBrotliDecompress() : createUnzip();
  // Its failure is that of the decoder, which whoever reads the body meets.
  return pipeline(message, decoder, () => {});
}

function withoutHash(url: URL): string {
  return url.hash === "" ? url.href : url.href.slice(0, -url.hash.length);
}
