import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Dispatcher } from "undici";
import { type RewriteContext, responseHeaders, without } from "./response-headers.ts";
import { announcedTrailers, hasNoBody, responseTrailers } from "./response-trailers.ts";

/** The methods of a handler that undici 7 and 8 know. */
export type RelayHandler = Required<
  Pick<
    Dispatcher.DispatchHandler,
    "onRequestStart" | "onRequestUpgrade" | "onResponseStart" | "onResponseData" | "onResponseEnd" | "onResponseError"
  >
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
): RelayHandler {
  let abort: ((error: Error) => void) | undefined;
  let begun = false;
  let written = false;
  response.once("close", () => {
    // A client that has left costs the vendor nothing more.
    if (!response.writableFinished) abort?.(new Error("the client has left"));
  });

  function headersOf(controller: Dispatcher.DispatchController, status: number, given: IncomingHttpHeaders): string[] {
    const headers = responseHeaders(rawHeadersOf(controller), way);
    // A 304 may have the length of the whole body, which some clients would wait for.
    if (hasNoBody(status)) return without(headers, ["content-length"]);
    const announced = announcedTrailers(request, response, given);
    if (announced !== undefined) headers.push("trailer", announced);
    return headers;
  }

  function finish(): void {
    written = true;
    response.end();
  }

  return {
    onRequestStart(controller) {
      abort = (error) => controller.abort(error);
      if (response.destroyed) abort(new Error("the client has left"));
    },

    onResponseStart(controller, status, given, statusText = "") {
      // Clients of the proxy cannot use 103 and similar responses.
      if (status < 200) return;
      const headers = headersOf(controller, status, given);
      // If the response comes first, the rest of the request's body would be read as the next request.
      if (!request.complete) headers.push("connection", "close");
      begun = true;
      response.writeHead(status, /^[\t\x20-\x7e]+$/.test(statusText) ? statusText : STATUS_CODES[status], headers);
      response.on("drain", () => controller.resume());
      // The headers share a packet with the first chunk. They are sent alone if there is no chunk yet, as in a stream of
      // events.
      process.nextTick(() => {
        if (!written && !response.destroyed) response.flushHeaders();
      });
      // undici reports an error if such a response has the length of a body that is not sent.
      if (hasNoBody(status)) finish();
    },

    onResponseData(controller, chunk) {
      written = true;
      if (!response.write(chunk)) controller.pause();
    },

    onResponseEnd(_controller, trailers) {
      if (response.writableEnded) return;
      const passed = responseTrailers(trailers, way);
      if (passed.length > 0) response.addTrailers(passed);
      finish();
    },

    onResponseError(_controller, error) {
      if (response.writableEnded) return;
      if (!begun) fail(error);
      // The client must notice that the response is incomplete.
      else response.destroy();
    },

    onRequestUpgrade(_controller, _status, _headers, socket) {
      socket.destroy();
      fail(new Error("the vendor switched protocols without being asked"));
    },
  };
}

/** The headers of a response as the vendor wrote them, in its order. */
export function rawHeadersOf({ rawHeaders }: Dispatcher.DispatchController): readonly (Buffer | string)[] {
  return Array.isArray(rawHeaders) ? rawHeaders : [];
}
