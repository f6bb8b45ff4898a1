import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Dispatcher } from "undici";
import { type RewriteContext, responseHeaders } from "./response-headers.ts";

/** The handler methods of undici 7 that pass on raw headers, so that they are parsed only once. */
export type RawHandler = Required<
  Pick<Dispatcher.DispatchHandler, "onConnect" | "onError" | "onHeaders" | "onData" | "onComplete" | "onUpgrade">
>;

/**
 * Passes a vendor's response on as it arrives, at the client's pace.
 * @param fail sends an error response. Called only if nothing of the vendor's response was passed on.
 */
export function relayResponse(
  request: IncomingMessage,
  response: ServerResponse,
  way: RewriteContext,
  fail: (error: unknown) => void,
): RawHandler {
  let abort: ((error?: Error) => void) | undefined;
  let begun = false;
  let written = false;
  response.once("close", () => {
    // Cancels the vendor's response when the client has left.
    if (!response.writableFinished) abort?.();
  });

  return {
    onConnect(stop) {
      abort = stop;
      if (response.destroyed) stop();
    },

    onHeaders(status, raw, resume, statusText) {
      // Clients cannot use 103 and similar responses.
      if (status < 200) return true;
      const headers = responseHeaders(raw, way);
      // The unread rest of the request body would be parsed as the next request.
      if (!request.complete) headers.push("connection", "close");
      begun = true;
      response.writeHead(status, /^[\t\x20-\x7e]+$/.test(statusText) ? statusText : STATUS_CODES[status], headers);
      response.on("drain", resume);
      // Sends the headers with the first chunk in one packet; alone if no chunk is there yet, for example of an event
      // stream.
      process.nextTick(() => {
        if (!written && !response.destroyed) response.flushHeaders();
      });
      return true;
    },

    onData(chunk) {
      written = true;
      return response.write(chunk);
    },

    onComplete() {
      written = true;
      response.end();
    },

    onError(error) {
      if (!begun) fail(error);
      // The client must notice that the response is incomplete.
      else response.destroy();
    },

    onUpgrade(_status, _headers, socket) {
      socket.destroy();
      fail(new Error("the vendor changed the protocol unasked"));
    },
  };
}
