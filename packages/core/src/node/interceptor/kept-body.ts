import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { tagOf } from "../../util/tag-of.ts";

type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** A streamed body of a request, which is kept while undici sends it. */
export interface KeptBody {
  /** The body to send. */
  readonly body: Readable;
  /** Returns the body if all of it was sent and it is not larger than the limit. */
  whole(): Buffer | undefined;
}

/** Whether sending a body uses it up: a stream, or another iterable of chunks. */
export function isIterable(body: unknown): body is Chunks {
  if (typeof body !== "object" || body === null) return false;
  if (Symbol.asyncIterator in body) return true;
  return Symbol.iterator in body && !ArrayBuffer.isView(body) && !/^(FormData|URLSearchParams)$/.test(tagOf(body));
}

/** @param limit the largest body that is kept, in bytes. */
export function keepBody(given: Chunks, limit: number): KeptBody {
  let chunks: Uint8Array[] | undefined = [];
  let size = 0;
  let isComplete = false;

  async function* pass() {
    for await (const chunk of given) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      size += bytes.byteLength;
      if (size > limit) chunks = undefined;
      chunks?.push(bytes);
      yield bytes;
    }
    isComplete = true;
  }

  return {
    body: Readable.from(pass(), { objectMode: false }),
    whole: () => (isComplete ? chunks && Buffer.concat(chunks) : undefined),
  };
}
