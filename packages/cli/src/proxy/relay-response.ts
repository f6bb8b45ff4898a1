import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Dispatcher } from "undici";
import { type RewriteContext, responseHeaders } from "./response-headers.ts";

/** The methods by which undici 7 speaks to who asked, without parsing headers twice. */
export type RawHandler = Required<
  Pick<Dispatcher.DispatchHandler, "onConnect" | "onError" | "onHeaders" | "onData" | "onComplete" | "onUpgrade">
>;

/**
 * Passes a vendor's answer on as it comes, no faster than the client takes it.
 * @param fail answers in the vendor's place, where nothing of its answer was passed on yet.
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
    // A client that has left costs the vendor nothing more.
    if (!response.writableFinished) abort?.();
  });

  return {
    onConnect(stop) {
      abort = stop;
      if (response.destroyed) stop();
    },

    onHeaders(status, raw, resume, statusText) {
      // 103 and the like are of no use to a client of ours.
      if (status < 200) return true;
      const headers = responseHeaders(raw, way);
      // What is left of the request's body when the answer is there would be read as the next request.
      if (!request.complete) headers.push("connection", "close");
      begun = true;
      response.writeHead(status, /^[\t\x20-\x7e]+$/.test(statusText) ? statusText : STATUS_CODES[status], headers);
      response.on("drain", resume);
      // With the first piece of the body, in one packet; alone, where none is there yet, as of a stream of events.
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
      // The client must not take a piece for the whole.
      else response.destroy();
    },

    onUpgrade(_status, _headers, socket) {
      socket.destroy();
      fail(new Error("the vendor changed the protocol unasked"));
    },
  };
}
