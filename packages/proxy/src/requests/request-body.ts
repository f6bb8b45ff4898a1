import type { IncomingMessage } from "node:http";
import { finished, Readable } from "node:stream";

/** The body of a request to pass on. The session sends a short one again after a new login. */
export type RequestBody = Readable | null;

export function requestBody(request: IncomingMessage): RequestBody {
  const { headers } = request;
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  return hasBody ? passOn(request) : null;
}

/**
 * Passes the body on at the vendor's pace. The request itself is not given away, because its connection would end with
 * it: the client still needs a response if the vendor stops reading.
 */
function passOn(request: IncomingMessage): Readable {
  let isStarted = false;
  let isPaused = true;
  const more = (chunk: Buffer) => {
    if (body.push(chunk)) return;
    isPaused = true;
    request.pause();
  };
  const body = new Readable({
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
      if (isStarted) request.off("data", more).pause();
      done(error);
    },
  });
  // A client may leave before or after the vendor's connection listens.
  body.on("error", () => {});
  request.once("end", () => body.push(null));
  finished(request, { writable: false }, (error) => {
    if (error) body.destroy(error);
  });
  return body;
}

/** The length of a body, if the client gave it. */
export function contentLengthHeader(body: RequestBody, { headers }: IncomingMessage): Record<string, string> {
  const length = headers["content-length"];
  return body === null || length === undefined ? {} : { "content-length": length };
}
