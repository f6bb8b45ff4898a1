import { headersForBody, isReplayable, type RequestBody } from "./replayable-body.ts";

/** A call as its caller made it. Each sending makes a new request of it, with the credential of that moment. */
export interface ApiCall {
  /** A path below the base URL, or an absolute URL. */
  readonly url: string;
  /** The `Request` of the caller or of ky, if there is one. */
  readonly request: Request | undefined;
  readonly init: RequestInit | undefined;
  readonly headers: HeadersInit | undefined;
  readonly redirect: RequestRedirect;
  /** The body, as far as it is known apart from `request`. */
  readonly body: RequestBody;
  /** Whether the call can be sent again (guarantee 5). */
  readonly replayable: boolean;
  readonly signal: AbortSignal | null | undefined;
  /** Whether ky made the URL absolute, below the base URL of the flow. */
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
    headers: init?.headers ?? request?.headers,
    redirect: init?.redirect ?? request?.redirect ?? "follow",
    body,
    // The body of a caller's Request is a stream, which the first sending uses up.
    replayable: isReplayable(body) && (request === undefined || body != null || request.body === null),
    signal: init?.signal ?? request?.signal,
    joinedByKy: false,
  };
}

/** The call of `session.http`: ky's `Request`, with the body that its options named, if that is known. */
export function callFromKy(request: Request, init: RequestInit | undefined, body: RequestBody): ApiCall {
  return {
    url: request.url,
    request,
    init,
    headers: init?.headers ?? request.headers,
    redirect: init?.redirect ?? request.redirect,
    body,
    replayable: request.body === null || (body != null && isReplayable(body)),
    signal: request.signal,
    joinedByKy: true,
  };
}

export function methodOf(call: ApiCall): string {
  return (call.init?.method ?? call.request?.method ?? "GET").toUpperCase();
}

/** Sends a call to a URL with headers. Redirects are returned as they are, unless the caller asked for an error. */
export function transmit(
  call: ApiCall,
  url: string,
  headers: HeadersInit | undefined,
  rejections: number,
  send: typeof globalThis.fetch,
): Promise<Response> {
  const { request, init } = call;
  const redirect = call.redirect === "error" ? "error" : "manual";
  if (request === undefined || (rejections === 0 && url === request.url)) {
    return send(request ?? url, { ...init, headers, redirect } as RequestInit);
  }
  return send(url, { ...initOf(call), headers: headersForBody(headers, call.body), redirect } as RequestInit);
}

/** The properties of a `Request` that are copied, apart from its URL, headers, redirect mode and body. */
const REQUEST_OPTIONS = [
  "method",
  "signal",
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "referrerPolicy",
] as const;

/** The options of a call, apart from its URL, headers and redirect mode. */
export function initOf(call: ApiCall): RequestInit {
  const { request, init, body } = call;
  if (request === undefined) return { ...init };
  const same = Object.fromEntries(REQUEST_OPTIONS.map((name) => [name, request[name]]));
  const stream = body == null ? request.body : null;
  return { ...same, ...init, ...(stream === null ? { body: body ?? null } : { body: stream, duplex: "half" }) };
}
