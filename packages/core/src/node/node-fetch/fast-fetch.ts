import { Buffer } from "node:buffer";
import type { Dispatcher } from "undici";
import type { Sender } from "./dispatchers.ts";
import { Exchange, type Outcome, type ResponseHead } from "./exchange.ts";
import { withKnownLength } from "./known-length.ts";
import { loadResponse, nodeResponse } from "./node-response.ts";
import { once } from "./once.ts";
import { type Call, isUsual, readCall } from "./read-call.ts";
import { isRedirectStatus, redirectedCall } from "./redirected-call.ts";
import { wireHeaders } from "./request-headers.ts";
import { codingsOf, endWith } from "./response-body.ts";
import { undiciFetch } from "./undici-conversion.ts";

/** The limit of the Fetch standard. */
const MAX_REDIRECTS = 20;

/**
 * Dispatches common calls without a `Request` and without streams. Other calls use undici's `fetch` on the same
 * dispatcher.
 */
export function fastFetch(undici: () => typeof import("undici"), dispatcher: Sender): typeof globalThis.fetch {
  const otherFetch = undiciFetch(undici, dispatcher);
  // Node needs some ms to load `Response`, and does so during the first request.
  const prepare = once(() => setImmediate(loadResponse));
  const send = (call: Call) =>
    new Promise<Response>((resolve, reject) => {
      new Delivery(dispatcher, call, resolve, reject).start();
      prepare();
    });

  const sendBodyOf = async (call: Call, request: Request) => {
    const body = await withKnownLength(request);
    call.signal?.throwIfAborted();
    if (Buffer.isBuffer(body)) return send({ ...call, body });
    const { url, method, headers, cache, redirect, signal } = call;
    const pairs: [string, string][] = [];
    for (let n = 0; n < headers.length; n += 2) pairs.push([headers[n] as string, headers[n + 1] as string]);
    const init = { method, headers: pairs, body, cache, redirect, signal: signal ?? null, duplex: "half" };
    return otherFetch(url.href, init as RequestInit);
  };

  return (input, init) => {
    try {
      const call = readCall(input, init);
      if (!isUsual(call)) return otherFetch(call.input as string, call.init);
      if (call.signal?.aborted) return Promise.reject(call.signal.reason);
      return call.bodyOf === undefined ? send(call) : sendBodyOf(call, call.bodyOf);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

/** Follows redirects. A class, because each call has one. */
class Delivery implements Outcome {
  readonly #dispatcher: Sender;
  readonly #resolve: (response: Response) => void;
  readonly #reject: (error: unknown) => void;
  #call: Call;
  #redirects = 0;
  #isRepeated = false;
  #type: ResponseType = "basic";

  constructor(dispatcher: Sender, call: Call, resolve: (response: Response) => void, reject: (error: unknown) => void) {
    this.#dispatcher = dispatcher;
    this.#call = call;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(): void {
    const { url, method, headers, cache, body, bodyType, signal } = this.#call;
    const { origin, pathname, search } = url;
    const bodyLength = body?.length;
    const isSecure = url.protocol === "https:";
    const path = search === "" && hasEmptyQuery(url) ? `${pathname}?` : pathname + search;
    this.#dispatcher.dispatch(
      {
        origin,
        path,
        method: method as Dispatcher.HttpMethod,
        headers: wireHeaders(headers, { method, isSecure, cache, bodyType, bodyLength }),
        body: body ?? null,
      },
      new Exchange(signal, this),
    );
  }

  answered(exchange: Exchange, head: ResponseHead): void {
    const { status, headers } = head;
    const { method, redirect, url } = this.#call;
    if (status === 421 && !this.#isRepeated) {
      // Another connection may reach the right server.
      this.#isRepeated = true;
      this.#sendNext(exchange);
      return;
    }
    if (isRedirectStatus(status) && redirect !== "manual" && this.#redirect(exchange, status, headers)) return;
    const hasBody = method !== "HEAD" && status !== 204 && status !== 205 && status !== 304;
    const codings = hasBody ? codingsOf(headers["content-encoding"]) : [];
    if (status === 407 || codings === undefined) {
      // Like `fetch`, which cannot prompt for a proxy password.
      this.#refuse(exchange, new Error(codings === undefined ? "too many content-encodings in response" : ""));
      return;
    }
    const facts = { ...head, url: withoutFragment(url), redirected: this.#redirects > 0, type: this.#type };
    if (!hasBody) {
      exchange.discard();
      this.#resolve(nodeResponse(facts, undefined));
      return;
    }
    const response = nodeResponse(facts, { exchange, codings });
    endWith(response, exchange);
    this.#resolve(response);
  }

  failed(error: unknown): void {
    this.#reject(error);
  }

  /** @returns whether a further request replaces the response. */
  #redirect(exchange: Exchange, status: number, headers: ResponseHead["headers"]): boolean {
    if (this.#call.redirect === "error") {
      this.#refuse(exchange, new Error("unexpected redirect"));
      return true;
    }
    try {
      const next = redirectedCall(this.#call, status, headers);
      if (next === undefined) return false;
      if (this.#redirects++ === MAX_REDIRECTS) throw new Error("redirect count exceeded");
      if (next.url.origin !== this.#call.url.origin) this.#type = "cors";
      this.#call = next;
      this.#isRepeated = false;
      this.#sendNext(exchange);
    } catch (error) {
      this.#refuse(exchange, error);
    }
    return true;
  }

  /** Nobody reads the last response. */
  #sendNext(last: Exchange): void {
    last.discard();
    // A short body ends within this turn, and its connection stays open for later requests.
    setImmediate(() => {
      last.cancel(undefined);
      const { signal } = this.#call;
      if (signal?.aborted) this.#reject(signal.reason);
      else this.start();
    });
  }

  #refuse(exchange: Exchange, cause: unknown): void {
    exchange.cancel(cause);
    this.#reject(new TypeError("fetch failed", { cause }));
  }
}

function hasEmptyQuery({ href, hash }: URL): boolean {
  return href[href.length - hash.length - 1] === "?";
}

function withoutFragment({ href, hash }: URL): string {
  // An empty fragment also has an empty hash.
  return hash === "" && !href.endsWith("#") ? href : href.slice(0, href.indexOf("#"));
}
