import { isReplayable, type RequestBody } from "./replayable-body.ts";

/** A call as its caller made it. From it a request is made anew for each live record that it is sent with. */
export interface ApiCall {
  /** Where to: a path below the base URL, or an absolute URL. */
  readonly url: string;
  /** The caller's `Request`, or ky's, where there is one. */
  readonly request: Request | undefined;
  readonly init: RequestInit | undefined;
  /** The body, as far as it is known apart from `request`. */
  readonly body: RequestBody;
  /** Whether the call can be sent once more (law 5). */
  readonly replayable: boolean;
  readonly signal: AbortSignal | null | undefined;
  /** Whether ky made the URL absolute, below the address of sign-in. */
  readonly joinedByKy: boolean;
}

/** The call of `session.fetch(input, init)`. */
export function callFromFetch(input: string | URL | Request, init: RequestInit | undefined): ApiCall {
  const request = typeof input === "object" && "url" in input ? input : undefined;
  const body = init?.body;
  return {
    url: typeof input === "string" ? input : request === undefined ? (input as URL).href : request.url,
    request,
    init,
    body,
    // A caller's own Request with a body is a stream that the first request uses up.
    replayable: isReplayable(body) && (request === undefined || body != null || request.body === null),
    signal: init?.signal ?? request?.signal,
    joinedByKy: false,
  };
}

/** The call of `session.http`: ky's `Request`, with the body that its options named where that is known. */
export function callFromKy(request: Request, init: RequestInit | undefined, body: RequestBody): ApiCall {
  return {
    url: request.url,
    request,
    init,
    body,
    replayable: request.body === null || (body != null && isReplayable(body)),
    signal: request.signal,
    joinedByKy: true,
  };
}

export function methodOf(call: ApiCall): string {
  return (call.init?.method ?? call.request?.method ?? "GET").toUpperCase();
}

export function headersOf(call: ApiCall): HeadersInit | undefined {
  return call.init?.headers ?? call.request?.headers;
}

/** Sends a call to a URL under given headers. Redirects come back as they are, unless the caller asked for an error. */
export function transmit(
  call: ApiCall,
  url: string,
  headers: HeadersInit | undefined,
  again: boolean,
  send: typeof globalThis.fetch,
): Promise<Response> {
  const { request, init } = call;
  const redirect = redirectModeOf(call) === "error" ? "error" : "manual";
  if (request === undefined || (!again && url === request.url)) {
    return send(request ?? url, { ...init, headers, redirect } as RequestInit);
  }
  return send(url, { ...initOf(call), headers: fitting(headers, call.body), redirect } as RequestInit);
}

export function redirectModeOf(call: ApiCall): RequestRedirect {
  return call.init?.redirect ?? call.request?.redirect ?? "follow";
}

/** What a request is made of, beside its URL, headers, redirect mode and body. */
const REQUEST_OPTIONS = [
  "method",
  "signal",
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "referrerPolicy",
] as const;

/** All of a call but its URL, headers and redirect mode. */
export function initOf(call: ApiCall): RequestInit {
  const { request, init, body } = call;
  if (request === undefined) return { ...init };
  const same = Object.fromEntries(REQUEST_OPTIONS.map((name) => [name, request[name]]));
  const stream = body == null ? request.body : null;
  return { ...same, ...init, ...(stream === null ? { body: body ?? null } : { body: stream, duplex: "half" }) };
}

// A form gets a new boundary each time that it is sent.
function fitting(headers: HeadersInit | undefined, body: RequestBody): HeadersInit | undefined {
  if (!(body instanceof FormData)) return headers;
  const fitted = new Headers(headers);
  if (fitted.get("content-type")?.startsWith("multipart/form-data")) fitted.delete("content-type");
  return fitted;
}
