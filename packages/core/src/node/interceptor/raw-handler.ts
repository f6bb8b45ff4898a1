import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";

/** The methods of a handler by which undici 7 speaks to it without parsing headers twice. */
export type RawHandler = Required<
  Pick<Dispatcher.DispatchHandler, "onConnect" | "onError" | "onHeaders" | "onData" | "onComplete" | "onUpgrade">
>;

/**
 * A handler's raw handler. undici's own `request`, `stream` and `fetch` have one; a handler of another interceptor that
 * knows only the newer methods is given one here.
 */
export function toRawHandler(handler: Dispatcher.DispatchHandler): RawHandler {
  return typeof handler.onHeaders === "function" ? (handler as RawHandler) : translated(handler);
}

function translated(handler: Dispatcher.DispatchHandler): RawHandler {
  let controller: ReturnType<typeof createController> | undefined;
  return {
    onConnect(abort) {
      controller = createController(abort);
      handler.onRequestStart?.(controller, undefined);
    },
    onHeaders(status, rawHeaders, resume, statusText) {
      if (controller === undefined) return true;
      controller.onResume = resume;
      controller.rawHeaders = rawHeaders;
      handler.onResponseStart?.(controller, status, parsed(rawHeaders), statusText);
      return !controller.paused;
    },
    onData(chunk) {
      if (controller === undefined) return true;
      handler.onResponseData?.(controller, chunk);
      return !controller.paused;
    },
    onComplete(trailers) {
      if (controller === undefined) return;
      handler.onResponseEnd?.(controller, parsed(trailers ?? []));
    },
    onError(error) {
      handler.onResponseError?.(controller ?? createController(() => {}), error);
    },
    onUpgrade(status, headers, socket) {
      if (controller === undefined) return;
      handler.onRequestUpgrade?.(controller, status, parsed(headers ?? []), socket);
    },
  };
}

interface Controller extends Dispatcher.DispatchController {
  onResume: () => void;
  rawHeaders: Buffer[] | null;
}

function createController(abort: (reason?: Error) => void): Controller {
  let paused = false;
  let reason: Error | null = null;
  return {
    onResume: () => {},
    rawHeaders: null,
    pause() {
      paused = true;
    },
    resume() {
      if (!paused) return;
      paused = false;
      this.onResume();
    },
    abort(why) {
      if (reason !== null) return;
      reason = why;
      abort(why);
    },
    get paused() {
      return paused;
    },
    get aborted() {
      return reason !== null;
    },
    get reason() {
      return reason;
    },
  };
}

/** Headers as undici's newer methods give them: lower-case names, several values as a list. */
function parsed(raw: readonly (Buffer | string)[]): IncomingHttpHeaders {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of pairsOf(raw)) {
    const known = headers[name];
    if (known === undefined) headers[name] = name === "set-cookie" ? [value] : value;
    else headers[name] = Array.isArray(known) ? [...known, value] : [known, value];
  }
  return headers;
}

/** The pairs of a flat list of names and values; names in lower case. */
export function* pairsOf(raw: readonly (Buffer | string)[]): Iterable<[string, string]> {
  for (let at = 0; at + 1 < raw.length; at += 2) {
    yield [text(raw[at]).toLowerCase(), text(raw[at + 1])];
  }
}

function text(part: Buffer | string | undefined): string {
  return typeof part === "string" ? part : (part?.toString("latin1") ?? "");
}
