import type { Settings } from "../contract/settings.ts";
import { tagOf } from "../util/tag-of.ts";
import { type BodyCopy, copyBody, isStream } from "./body-copy.ts";
import { asRecord } from "./request-headers.ts";

/** A call as its caller made it. Each sending makes a new request of it, with the credential of that moment. */
export interface ApiCall {
  /** A path below the base URL, or an absolute URL. */
  readonly url: string;
  /** The `Request` of the caller or of ky, if there is one. */
  request: Request | undefined;
  /** The other options. They have priority over those of `request`. */
  readonly init: RequestInit;
  readonly headers: HeadersInit | undefined;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | null | undefined;
  /** Whether ky made the URL absolute, below the base URL of the flow. */
  readonly joinedByKy: boolean;
  /** The body of `init`, or what was kept of a streamed body. If it is missing, the body of `request` is sent. */
  body: BodyInit | null | undefined;
  /** Whether `init` has a streamed body. */
  readonly isStreamed: boolean;
  /** The copy of a streamed body that is being sent. */
  copy: BodyCopy | undefined;
}

/** The call of `session.fetch(input, init)`. */
export function apiCall(input: string | URL | Request, given: RequestInit | undefined, joinedByKy: boolean): ApiCall {
  // Most calls have a string and no options. They run as few functions as possible.
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

// `fetch` takes everything else as a string too. Only a string can be a path: `undefined` is none.
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
    new Request("https://vendor.example", { headers }); // This explains better what is wrong.
    throw error;
  }
}

// By its tag, because it can be the `Request` of another realm, or of undici.
function isRequest(input: unknown): input is Request {
  return tagOf(input) === "Request";
}

/** Takes the body of the caller's `Request`, which `fetch` does before it returns. */
export function takeBody(call: ApiCall): void {
  const { request, body } = call;
  if (request === undefined || request.body === null || body != null) return;
  // Not `new Request(request)`: it can be a `Request` of another realm.
  call.request = request.clone();
  const reader = request.body.getReader();
  reader.cancel().catch(() => {});
  queueMicrotask(() => reader.releaseLock());
}

/** The methods that `fetch` takes in lower case as well. */
const NORMALIZED = /^(delete|get|head|options|post|put)$/i;

export function methodOf({ init, request }: ApiCall): string {
  const method = String(init.method ?? request?.method ?? "GET");
  return NORMALIZED.test(method) ? method.toUpperCase() : method;
}

/**
 * Sends a call to a URL with headers. Redirects are returned as they are, unless the caller asked for an error. A streamed
 * body is copied while it is sent.
 */
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
  // A copy of a `Request` lacks what JavaScript cannot read, such as its dispatcher and the length of its body.
  const isSame = url === request?.url;
  const options: RequestInit = {
    ...(isSame ? init : initOf(call)),
    ...bodyToSend(call, isSame, replayLimit),
    redirect,
    // Node keeps a whole stream in memory if it could need it again, for a redirect or a question for a password.
    ...(redirect === "error" ? { window: null } : {}),
  };
  if (headers !== undefined) options.headers = headers;
  return fetch(isSame ? (request as Request) : url, options);
}

function bodyToSend(call: ApiCall, isSame: boolean, limit: number): RequestInit & { duplex?: "half" } {
  const { body, request } = call;
  if (isStream(body)) {
    // Node also takes other async iterables, which `Response` makes a stream of. It refuses a stream that was read.
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

/** What `fetch` reads of its options, by name. */
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

/** The options of a call for another URL than that of its `Request`, without the body of the `Request`. */
export function initOf({ request, init }: ApiCall): RequestInit {
  if (request === undefined) return init;
  const { body, duplex, ...options } = membersOf(request);
  return { ...options, ...init };
}

// Read once, because a getter may return another value each time.
function optionsOf(given: RequestInit | null): RequestInit {
  if (given === null) return {};
  if (typeof given !== "object" && typeof given !== "function") new Request("https://vendor.example", given);
  return Object.getPrototypeOf(given) === Object.prototype ? { ...given } : { ...given, ...membersOf(given) };
}

// `fetch` reads its options by name, so it finds inherited properties and getters too.
export function membersOf(given: Request | RequestInit): RequestInit & { duplex?: "half" } {
  const all = MEMBERS.map((name) => [name, (given as Record<string, unknown>)[name]] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}
