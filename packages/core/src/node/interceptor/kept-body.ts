import { Buffer } from "node:buffer";
import { finished, Readable } from "node:stream";
import { tagOf } from "../../util/tag-of.ts";

type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** A streamed body that is copied while undici sends it. */
export interface KeptBody {
  readonly body: Readable;
  /** Returns the body if it was sent completely and is within the limit. */
  whole(): Buffer | undefined;
}

/** Whether a body can be sent only once, as a stream or another iterable of chunks. */
export function isIterable(body: unknown): body is Chunks {
  if (typeof body !== "object" || body === null) return false;
  if (Symbol.asyncIterator in body) return true;
  return Symbol.iterator in body && !ArrayBuffer.isView(body) && !/^(FormData|URLSearchParams)$/.test(tagOf(body));
}

/**
 * @param limit the largest body to copy, in bytes.
 * @param declared the length of the body, if known.
 */
export function keepBody(given: Chunks, limit: number, declared = 0): KeptBody {
  if (declared > limit && given instanceof Readable) return { body: given, whole: () => undefined };
  let chunks: Uint8Array[] | undefined = [];
  let size = 0;
  let isComplete = false;
  const keep = (bytes: Uint8Array) => {
    size += bytes.byteLength;
    if (size > limit) chunks = undefined;
    chunks?.push(bytes);
  };
  const end = () => {
    isComplete = true;
  };
  return {
    body: isUntouchedStream(given)
      ? passOn(given, keep, end)
      : Readable.from(iterate(given, keep, end), { objectMode: false }),
    whole: () => (isComplete ? chunks && Buffer.concat(chunks) : undefined),
  };
}

async function* iterate(given: Chunks, keep: (bytes: Uint8Array) => void, end: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of given) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    keep(bytes);
    yield bytes;
  }
  end();
}

function isUntouchedStream(given: Chunks): given is Readable {
  if (!(given instanceof Readable) || given.readableObjectMode || given.readableEncoding !== null) return false;
  return given.readableFlowing === null && !given.destroyed && !given.readableEnded;
}

/** Avoids the copies and promises of an iteration. */
function passOn(given: Readable, keep: (bytes: Uint8Array) => void, end: () => void): Readable {
  let isPaused = true;
  let isStarted = false;
  const body = new Readable({
    read() {
      if (!isPaused) return;
      isPaused = false;
      if (isStarted) given.resume();
      else start();
    },
    destroy(error, done) {
      given.destroy();
      done(error);
    },
  });
  // The stream may fail after undici has stopped listening.
  return body.on("error", () => {});

  function start(): void {
    isStarted = true;
    given.on("data", (bytes: Buffer) => {
      keep(bytes);
      if (body.push(bytes)) return;
      isPaused = true;
      given.pause();
    });
    given.once("end", () => {
      end();
      body.push(null);
    });
    finished(given, { writable: false }, (error) => {
      if (error) body.destroy(error);
    });
  }
}
