import { pipeline, Readable } from "node:stream";
import zlib from "node:zlib";
import { decodeBody } from "../interceptor/decode-body.ts";
import type { Exchange } from "./exchange.ts";

/** More codings could exhaust the reader's memory. */
const MAX_CODINGS = 5;

/** The largest body to decode at once, in bytes, encoded or decoded. */
const MAX_AT_ONCE = 65_536;

/** Cancels exchanges whose body can no longer be read, to free their connections. */
const unreadable = new FinalizationRegistry<Exchange>((exchange) => exchange.cancel(undefined));
const unread = new FinalizationRegistry<Exchange>((exchange) => {
  if (!exchange.isTaken) exchange.cancel(undefined);
});

/** Cancels the exchange of a response that is garbage-collected unread. */
export function endWith(response: Response, exchange: Exchange): void {
  // Most responses are complete at this point.
  queueMicrotask(() => {
    if (!exchange.isOver || exchange.hasSignal) unread.register(response, exchange);
  });
}

/**
 * In decoding order.
 * @returns an empty list if one is unknown, because the body then stays encoded. `undefined`: too many.
 */
export function codingsOf(contentEncoding: string | string[] | undefined): string[] | undefined {
  if (contentEncoding === undefined || contentEncoding.length === 0) return [];
  const codings = String(contentEncoding)
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim());
  if (codings.length > MAX_CODINGS) return undefined;
  return codings.every(isKnown) ? codings.reverse() : [];
}

function isKnown(coding: string): boolean {
  // Node has zstd since 22.15.
  return coding === "zstd" ? "createZstdDecompress" in zlib : /^(x-gzip|gzip|deflate|br)$/.test(coding);
}

export async function wholeBody(exchange: Exchange, codings: readonly string[]): Promise<Buffer> {
  const bytes = await exchange.whole();
  if (codings.length === 0 || bytes.length === 0) return bytes;
  const short = bytes.length > MAX_AT_ONCE ? undefined : decodeBody(bytes, [...codings].reverse().join(), MAX_AT_ONCE);
  if (short !== undefined) return short;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of decoded(Readable.from([bytes]), codings)) chunks.push(chunk);
  } catch (error) {
    throw new TypeError("terminated", { cause: error });
  }
  return Buffer.concat(chunks);
}

export function bodyStream(exchange: Exchange, codings: readonly string[]): ReadableStream {
  exchange.isTaken = true;
  const next = codings.length === 0 ? () => exchange.read() : decodedReader(exchange, codings);
  const stream = new ReadableStream({
    type: "bytes",
    start(controller) {
      // Weak, so that the exchange does not keep a stream that nobody can read.
      const weak = new WeakRef(controller);
      exchange.onFailure = (error) => weak.deref()?.error(error);
    },
    async pull(controller) {
      let chunk = await next();
      // A stream rejects empty chunks.
      while (chunk?.length === 0) chunk = await next();
      // A copy, because the chunk's memory is shared, and a stream transfers memory.
      if (chunk !== undefined) return controller.enqueue(new Uint8Array(chunk));
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel: (reason) => exchange.cancel(reason ?? new DOMException("The operation was aborted.", "AbortError")),
  });
  unreadable.register(stream, exchange);
  return stream;
}

function decodedReader(exchange: Exchange, codings: readonly string[]): () => Promise<Buffer | undefined> {
  const chunks = decoded(partsOf(exchange), codings)[Symbol.asyncIterator]();
  return async () => {
    try {
      const { done, value } = await chunks.next();
      return done ? undefined : value;
    } catch (error) {
      const shown =
        exchange.failure === undefined ? new TypeError("terminated", { cause: error }) : exchange.failure.error;
      exchange.cancel(error);
      throw shown;
    }
  };
}

async function* partsOf(exchange: Exchange): AsyncGenerator<Buffer> {
  for (let part = await exchange.read(); part !== undefined; part = await exchange.read()) yield part;
}

function decoded(body: AsyncIterable<Buffer>, codings: readonly string[]): AsyncIterable<Buffer> {
  return codings.reduce(decodedOnce, body);
}

async function* decodedOnce(body: AsyncIterable<Buffer>, coding: string): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  // zlib rejects an empty body.
  if (first.done) return;
  async function* all() {
    for (let next: IteratorResult<Buffer> = first; !next.done; next = await chunks.next()) yield next.value;
  }
  // A failure also ends the iteration of the decoder.
  yield* pipeline(Readable.from(all(), { objectMode: false }), decoderFor(coding, first.value), () => {});
}

// Like `fetch`, accepts truncated data: some servers omit the last block or the checksum.
function decoderFor(coding: string, [first = 0]: Buffer): zlib.Gunzip | zlib.BrotliDecompress {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_continue, ZSTD_e_end } = zlib.constants;
  const lenient = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
  switch (coding) {
    case "br":
      return zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH });
    case "zstd":
      return zlib.createZstdDecompress({ flush: ZSTD_e_continue, finishFlush: ZSTD_e_end });
    case "deflate":
      // Many servers send raw deflate under this name, without the zlib header.
      return (first & 0x0f) === 0x08 ? zlib.createInflate(lenient) : zlib.createInflateRaw(lenient);
    default:
      return zlib.createGunzip(lenient);
  }
}
