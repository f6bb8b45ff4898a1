import type { Duplex } from "node:stream";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Dispatcher } from "undici";
import type { Flow } from "../../contract/flow.ts";
import type { Engine } from "../../state/engine.ts";
import type { LiveSession } from "../../state/live-session.ts";
import { pairsOf, type RawHandler } from "./raw-handler.ts";

/** How much of a JSON answer is held back, in bytes, where a vendor says inside it that the session is gone. */
const JUDGED_BYTES = 16_384;

/** What all requests through one interceptor have in common. */
export interface InterceptorContext {
  readonly flow: Flow<unknown, unknown>;
  readonly engine: Engine<unknown, unknown>;
  /** Sends a request once more, with the next session, and the answer to the same handler. */
  readonly resend: (options: Dispatcher.DispatchOptions, handler: RawHandler) => void;
}

/**
 * Stands between undici and who asked: looks at the status, and lets an answer pass unless it refuses the session and
 * the request can be sent again. Then nothing of it passes, and the next answer comes in its place.
 *
 * A class, because one is made for each request on the fast path; its fields are private, so that nothing shows them.
 */
export class ResponseHandler implements RawHandler {
  readonly #context: InterceptorContext;
  readonly #options: Dispatcher.DispatchOptions;
  readonly #handler: RawHandler;
  readonly #live: LiveSession<unknown, unknown>;
  /** Whether the request was sent once more already: then its refusal is the caller's (law 3). */
  readonly #resent: boolean;
  #swallowed = -1;
  #abort: ((error?: Error) => void) | undefined;
  #held: ReturnType<typeof hold> | undefined;

  constructor(
    context: InterceptorContext,
    options: Dispatcher.DispatchOptions,
    handler: RawHandler,
    live: LiveSession<unknown, unknown>,
    resent: boolean,
  ) {
    this.#context = context;
    this.#options = options;
    this.#handler = handler;
    this.#live = live;
    this.#resent = resent;
  }

  /** @returns whether the answer passes. */
  #judge(rejected: boolean, status: number, headers: Buffer[]): boolean {
    const { flow, engine, resend } = this.#context;
    if (!rejected) {
      const response = flow.rotate === undefined ? undefined : responseOf(status, headers);
      const data = response && flow.rotate?.(response, this.#live.record);
      if (response !== undefined && data !== undefined) engine.rotated(this.#live, data, response);
      return true;
    }
    if (this.#resent) return true;
    engine.rejected(this.#live, status);
    if (!isRepeatable(this.#options.body)) return true;
    this.#swallowed = 0;
    resend(this.#options, this.#handler);
    return false;
  }

  onConnect(abort: (error?: Error) => void, ...rest: unknown[]): void {
    this.#abort = abort;
    (this.#handler.onConnect as (...all: unknown[]) => void)(abort, ...rest);
  }

  onHeaders(status: number, headers: Buffer[], resume: () => void, statusText: string): boolean {
    if (status < 200) return this.#handler.onHeaders(status, headers, resume, statusText);
    const { flow } = this.#context;
    if (flow.isRejected === undefined) {
      const passes = this.#judge(status === 401, status, headers);
      return passes ? this.#handler.onHeaders(status, shown(headers), resume, statusText) : true;
    }
    this.#held = hold(flow, status, headers, (rejected) => {
      const passed = this.#held;
      this.#held = undefined;
      if (passed?.failure !== undefined) return this.#handler.onError(passed.failure);
      if (!this.#judge(rejected, status, headers) || passed === undefined) return;
      this.#handler.onHeaders(status, shown(headers), resume, statusText);
      for (const chunk of passed.chunks) this.#handler.onData(chunk);
      if (passed.ended) this.#handler.onComplete(passed.trailers);
    });
    this.#held.begin();
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#swallowed >= 0) {
      this.#swallowed += chunk.length;
      // A refusal as long as this is not worth the connection.
      if (this.#swallowed > JUDGED_BYTES) this.#abort?.(new Error("refused"));
      return true;
    }
    if (this.#held === undefined) return this.#handler.onData(chunk);
    this.#held.add(chunk);
    return true;
  }

  onComplete(trailers: string[] | null): void {
    if (this.#swallowed >= 0) return;
    if (this.#held === undefined) this.#handler.onComplete(trailers);
    else this.#held.end(trailers);
  }

  onError(error: Error): void {
    if (this.#swallowed >= 0) return;
    // A parser's error holds a piece of the answer, with a cookie in it perhaps.
    if ("data" in error) delete error.data;
    if (this.#held === undefined) this.#handler.onError(error);
    else this.#held.fail(error);
  }

  onUpgrade(status: number, headers: Buffer[] | string[] | null, socket: Duplex): void {
    this.#handler.onUpgrade(status, headers, socket);
  }
}

function isRepeatable(body: unknown): boolean {
  return (
    body === undefined ||
    body === null ||
    typeof body === "string" ||
    body instanceof Uint8Array ||
    Object.prototype.toString.call(body) === "[object FormData]"
  );
}

// Holds an answer back until the flow has judged it: at once by its head, or by a small JSON body.
function hold(flow: Flow<unknown, unknown>, status: number, headers: Buffer[], verdict: (rejected: boolean) => void) {
  const chunks: Buffer[] = [];
  let size = 0;
  let asked = false;
  const state = {
    chunks,
    ended: false,
    trailers: null as string[] | null,
    failure: undefined as Error | undefined,
    begin() {
      const head = responseOf(status, headers);
      const length = Number(head.headers.get("content-length") ?? 0);
      const small = /json/i.test(head.headers.get("content-type") ?? "") && length <= JUDGED_BYTES;
      if (!small) ask(null);
    },
    add(chunk: Buffer) {
      // undici uses its buffers again.
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > JUDGED_BYTES) ask(null);
    },
    end(trailers: string[] | null) {
      state.ended = true;
      state.trailers = trailers;
      ask(decoded(Buffer.concat(chunks), headers));
    },
    fail(error: Error) {
      state.failure = error;
      ask(null);
    },
  };
  function ask(body: Buffer | null): void {
    if (asked) return;
    asked = true;
    const rejected = flow.isRejected?.(responseOf(status, headers, body)) ?? false;
    if (typeof rejected === "boolean") verdict(rejected);
    else rejected.then(verdict, () => verdict(false));
  }
  return state;
}

const DECODERS: Readonly<Record<string, typeof gunzipSync>> = {
  br: brotliDecompressSync,
  deflate: inflateSync,
  gzip: gunzipSync,
};

// undici hands an answer on as it came, so that a small one is decoded here for whoever judges it.
function decoded(body: Buffer, raw: Buffer[]): Buffer {
  const encoding = [...pairsOf(raw)].find(([name]) => name === "content-encoding")?.[1];
  const decode = DECODERS[encoding?.trim().toLowerCase() ?? ""];
  try {
    return decode?.(body, { maxOutputLength: JUDGED_BYTES }) ?? body;
  } catch {
    return body;
  }
}

// The head of an answer as a Response, whose constructor knows fewer statuses and header values than the wire.
function responseOf(status: number, raw: Buffer[], body: Buffer | null = null): Response {
  const known = status >= 200 && status <= 599;
  const empty = body === null || !known || [204, 205, 304].includes(status);
  const headers = new Headers();
  for (const [name, value] of pairsOf(raw)) {
    try {
      headers.append(name, value);
    } catch {}
  }
  return new Response(empty ? null : new Uint8Array(body), { status: known ? status : 599, headers });
}

// Law 13: as of `session.fetch`, an answer shows no `Set-Cookie`.
function shown(raw: Buffer[]): Buffer[] {
  for (let at = 0; at < raw.length; at += 2) {
    if (isSetCookie(raw[at])) return raw.filter((_, index) => !isSetCookie(raw[index - (index % 2)]));
  }
  return raw;
}

function isSetCookie(name: Buffer | undefined): boolean {
  return name?.length === 10 && name.toString("latin1").toLowerCase() === "set-cookie";
}
