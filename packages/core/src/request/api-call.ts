import type { Settings } from "../contract/settings.ts";
import { tagOf } from "../util/tag-of.ts";
import { type BodyCopy, copyBody, isStream } from "./body-copy.ts";
import { asRecord } from "./request-headers.ts";

/** A call as its caller made it. Each send builds a new request from it with the current credential. */
export interface ApiCall {
  readonly url: string;
  /** From the caller or from ky. */
  request: Request | undefined;
  /** Overrides the options of `request`. */
  readonly init: RequestInit;
  readonly headers: HeadersInit | undefined;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | null | undefined;
  /** Whether ky has joined the URL below the flow's base URL. */
  readonly joinedByKy: boolean;
  /** From `init`, or the kept copy of a stream. If absent, the body of `request` is sent. */
  body: BodyInit | null | undefined;
  readonly isStreamed: boolean;
  copy: BodyCopy | undefined;
}

export function apiCall(input: string | URL | Request, given: RequestInit | undefined, joinedByKy: boolean): ApiCall {
  // The hot path: most calls have a string and no options.
  const request = typeof input !== "string" && isRequest(input) ? input : undefined;
  const init = given === undefined ? {} : optionsOf(given);
  return {
    url: typeof input === "string" ? input : request === undefined ? absoluteUrl(input) : request.url,
    request,
    init,
    headers: init.headers === undefined ? request?.headers : headersOf(init.headers),
    redirect: init.redirect === undefined ? (request?.redirect ?? "follow") : init.redirect,
    signal: init.signal === undefined ? request?.signal : init.signal,
    joinedByKy,
    body: init.body,
    isStreamed: init.body != null && isStream(init.body),
    copy: undefined,
  };
}

// `fetch` converts anything else to a string, but only a string can be a path.
function absoluteUrl(input: unknown): string {
  const text = `${input}`;
  try {
    return new URL(text).href;
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
}

// Read once, because it may be an iterator.
function headersOf(headers: HeadersInit): HeadersInit {
  try {
    return asRecord(headers);
  } catch (error) {
    new Request("https://vendor.example", { headers }); // Throws the clearer error.
    throw error;
  }
}

// It may come from another realm or from undici.
function isRequest(input: unknown): input is Request {
  return tagOf(input) === "Request";
}

/** Locks the body of the caller's `Request` synchronously, as `fetch` does. */
export function takeBody(call: ApiCall): void {
  const { request, body } = call;
  if (request === undefined || request.body === null || body != null) return;
  // `new Request(request)` fails across realms.
  call.request = request.clone();
  const reader = request.body.getReader();
  reader.cancel().catch(() => {});
  queueMicrotask(() => reader.releaseLock());
}

const NORMALIZED = /^(delete|get|head|options|post|put)$/i;

export function methodOf({ init, request }: ApiCall): string {
  const method = String(init.method ?? request?.method ?? "GET");
  return NORMALIZED.test(method) ? method.toUpperCase() : method;
}

/** Returns redirects unless the caller asked for an error. Copies a streamed body meanwhile. */
export function transmit(
  call: ApiCall,
  url: string,
  headers: HeadersInit | undefined,
  { fetch, replayLimit }: Settings,
): Promise<Response> {
  const { request, init } = call;
  const redirect = call.redirect === "follow" ? "manual" : call.redirect;
  const isUnchanged = call.body === init.body && !call.isStreamed;
  if (request === undefined && isUnchanged) return fetch(url, { ...init, headers, redirect } as RequestInit);
  // The original `Request` has state that JavaScript cannot copy: its dispatcher and the body's length.
  const isSame = url === request?.url;
  const options: RequestInit = {
    ...(isSame ? init : initOf(call)),
    ...bodyToSend(call, isSame, replayLimit),
    redirect,
    // Otherwise Node buffers the whole stream in case of a redirect or a password prompt.
    ...(redirect === "error" ? { window: null } : {}),
  };
  if (headers !== undefined) options.headers = headers;
  return fetch(isSame ? (request as Request) : url, options);
}

function bodyToSend(call: ApiCall, isSame: boolean, limit: number): RequestInit & { duplex?: "half" } {
  const { body, request } = call;
  if (isStream(body)) {
    // Node also accepts async iterables, which `Response` converts to a stream. It refuses a stream that was read.
    const stream = new Response(body as ReadableStream).body;
    if (stream === null) return { body };
    const [sent, branch] = stream.tee();
    call.copy = copyBody(branch, limit);
    return { body: sent };
  }
  if (body != null) return { body };
  if (request === undefined || request.body === null) return {};
  const branch = request.bodyUsed || request.body.locked ? null : request.clone().body;
  if (branch !== null) call.copy = copyBody(branch, limit);
  return isSame ? {} : { body: request.body, duplex: "half" };
}

const MEMBERS = [
  "method",
  "headers",
  "body",
  "referrer",
  "referrerPolicy",
  "mode",
  "credentials",
  "cache",
  "redirect",
  "integrity",
  "keepalive",
  "signal",
  "duplex",
  "priority",
  "dispatcher",
] as const;

/** The options for another URL than the `Request`'s own, without its body. */
export function initOf({ request, init }: ApiCall): RequestInit {
  if (request === undefined) return init;
  const { body, duplex, ...options } = membersOf(request);
  return { ...options, ...init };
}

// Read once, because a getter may return different values.
function optionsOf(given: RequestInit | null): RequestInit {
  if (given === null) return {};
  if (typeof given !== "object" && typeof given !== "function") new Request("https://vendor.example", given);
  return Object.getPrototypeOf(given) === Object.prototype ? { ...given } : { ...given, ...membersOf(given) };
}

// `fetch` also reads inherited properties and getters.
export function membersOf(given: Request | RequestInit): RequestInit & { duplex?: "half" } {
  const all = MEMBERS.map((name) => [name, (given as Record<string, unknown>)[name]] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}
