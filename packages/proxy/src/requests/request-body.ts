import type { IncomingMessage } from "node:http";
import { finished, Readable } from "node:stream";

/** The body of a request to pass on. */
export interface RequestBody {
  readonly stream: Readable;
  /** Returns the body if all of it was read, and if it is kept and short. */
  whole(): Buffer | undefined;
}

/** A body up to this size can be sent again, in bytes. */
const MAX_KEPT_BYTES = 1_048_576;

/**
 * Returns the body of a request, if it has one.
 * @param isKept keeps a short body, so that it can be sent again.
 */
export function requestBody(request: IncomingMessage, isKept: boolean): RequestBody | undefined {
  const { headers } = request;
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  return hasBody ? passOn(request, isKept) : undefined;
}

/**
 * Passes the body on at the vendor's pace, as a stream of its own. Destroying the request itself would close the
 * connection, and the client still needs a response if the vendor stops reading.
 */
function passOn(request: IncomingMessage, isKept: boolean): RequestBody {
  let isStarted = false;
  let isPaused = true;
  let kept: Buffer[] | undefined = isKept ? [] : undefined;
  let size = 0;
  const more = (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_KEPT_BYTES) kept = undefined;
    kept?.push(chunk);
    if (stream.push(chunk)) return;
    isPaused = true;
    request.pause();
  };
  const stream = new Readable({
    read() {
      if (!isPaused) return;
      isPaused = false;
      // Not earlier: if an upload never reaches a connection, the code that refuses it reads the rest.
      if (!isStarted) request.on("data", more);
      isStarted = true;
      request.resume();
    },
    destroy(error, done) {
      // The rest of an upload stays unread.
      if (!request.readableEnded) kept = undefined;
      if (isStarted) request.off("data", more).pause();
      done(error);
    },
  });
  // A client may leave before or after the vendor's connection listens.
  stream.on("error", () => {});
  request.once("end", () => stream.push(null));
  finished(request, { writable: false }, (error) => {
    if (error) stream.destroy(error);
  });
  return { stream, whole: () => (isStarted && request.readableEnded ? kept && Buffer.concat(kept) : undefined) };
}

/** The length of a body, if the client gave it. */
export function contentLengthHeader(
  body: RequestBody | undefined,
  { headers }: IncomingMessage,
): Record<string, string> {
  const length = headers["content-length"];
  return body === undefined || length === undefined ? {} : { "content-length": length };
}
