import { Buffer } from "node:buffer";
import { tagOf } from "../../util/tag-of.ts";
import { isBadPort } from "./bad-ports.ts";
import { type HeaderList, headerList } from "./request-headers.ts";

/** A common `fetch` call, sent without undici's `fetch`. */
export interface Call {
  /** `http` or `https`, without a user name. */
  readonly url: URL;
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: Buffer | undefined;
  /** The `content-type` if the caller sets none. */
  readonly bodyType: string | undefined;
  readonly bodyOf: Request | undefined;
  readonly cache: RequestCache;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | undefined;
}

/** A call for undici's `fetch`, whose members were already read. */
export interface UnusualCall {
  readonly input: unknown;
  readonly init: RequestInit | undefined;
}

export function isUsual(call: Call | UnusualCall): call is Call {
  return "url" in call;
}

export function readCall(given: unknown, givenInit: unknown): Call | UnusualCall {
  const request = typeof given === "object" && tagOf(given) === "Request" ? (given as Request) : undefined;
  const input = request === undefined && typeof given === "object" ? `${given}` : given;
  if (
    givenInit !== undefined &&
    givenInit !== null &&
    typeof givenInit !== "object" &&
    typeof givenInit !== "function"
  ) {
    return { input, init: givenInit as RequestInit };
  }
  const init = givenInit === undefined || givenInit === null ? undefined : membersOf(givenInit);
  return usualCall(request, request === undefined ? input : request.url, init) ?? { input, init };
}

type Init = RequestInit & Record<"window" | "duplex" | "dispatcher", unknown>;

// In the order in which Node reads them.
function membersOf(given: RequestInit): Init {
  const { body, cache, credentials, dispatcher, duplex, headers, integrity, keepalive } = given as Init;
  const { method, mode, priority, redirect, referrer, referrerPolicy, signal, window } = given as Init;
  const first = { body, cache, credentials, dispatcher, duplex, headers, integrity, keepalive };
  return { ...first, method, mode, priority, redirect, referrer, referrerPolicy, signal, window } as Init;
}

function usualCall(request: Request | undefined, input: unknown, init: RequestInit | undefined): Call | undefined {
  if (typeof input !== "string") return undefined;
  const url = URL.parse(input);
  if (url === null || !isHttp(url) || url.username !== "" || url.password !== "" || isBadPort(url)) return undefined;
  if ((request !== undefined && !isPlain(request)) || (init !== undefined && !isPlain(init))) return undefined;
  // `fetch` ignores these two of a `Request`.
  if (init !== undefined && (init.referrer !== undefined || init.referrerPolicy !== undefined)) return undefined;
  const method = methodOf(init?.method === undefined ? request?.method : init.method);
  const headers = headerList(init?.headers === undefined ? request?.headers : init.headers);
  const redirect = init?.redirect === undefined ? (request?.redirect ?? "follow") : init.redirect;
  const signal = (init?.signal === undefined ? request?.signal : init.signal) ?? undefined;
  if (method === undefined || headers === undefined || !REDIRECTS.includes(redirect)) return undefined;
  if (signal !== undefined && tagOf(signal) !== "AbortSignal") return undefined;
  const given = init?.body ?? undefined;
  const bodyOf = given === undefined && request !== undefined && request.body !== null ? request : undefined;
  const hasBody = given !== undefined || bodyOf !== undefined;
  if (hasBody && (method === "GET" || method === "HEAD" || signal?.aborted)) return undefined;
  const cache = init?.cache === undefined ? (request?.cache ?? "default") : init.cache;
  const base = { url, method, headers, cache, redirect, signal, bodyOf };
  if (given === undefined) return { ...base, body: undefined, bodyType: undefined };
  if (typeof given === "string") return { ...base, body: Buffer.from(given), bodyType: "text/plain;charset=UTF-8" };
  if (tagOf(given) === "URLSearchParams") {
    return { ...base, body: Buffer.from(`${given}`), bodyType: "application/x-www-form-urlencoded;charset=UTF-8" };
  }
  const bytes = bytesOf(given);
  return bytes === undefined ? undefined : { ...base, body: bytes, bodyType: undefined };
}

const REDIRECTS: readonly string[] = ["follow", "manual", "error"];

export function isHttp({ protocol }: URL): boolean {
  return protocol === "http:" || protocol === "https:";
}

/** Whether the rarely used members have no effect. */
function isPlain(given: Request | RequestInit): boolean {
  const { mode, credentials, cache, integrity, window, duplex, dispatcher, priority } = given as Init;
  return (
    (mode === undefined || mode === "cors") &&
    (credentials === undefined || CREDENTIALS.includes(credentials)) &&
    (cache === undefined || CACHES.includes(cache)) &&
    (integrity === undefined || integrity === "") &&
    (window === undefined || window === null) &&
    (duplex === undefined || duplex === "half") &&
    dispatcher === undefined &&
    (priority === undefined || PRIORITIES.includes(priority))
  );
}

const CREDENTIALS: readonly string[] = ["omit", "same-origin", "include"];
const CACHES: readonly string[] = ["default", "no-store", "reload", "no-cache", "force-cache"];
const PRIORITIES: readonly string[] = ["high", "low", "auto"];

const NORMALIZED = /^(delete|get|head|options|post|put)$/i;
const TOKEN = /^[!#$%&'*+.^`|~\w-]+$/;
const FORBIDDEN = /^(connect|trace|track)$/i;

function methodOf(given: unknown): string | undefined {
  if (given === undefined || given === "GET") return "GET";
  // Node warns about `patch`.
  if (typeof given !== "string" || given === "patch") return undefined;
  if (NORMALIZED.test(given)) return given.toUpperCase();
  return TOKEN.test(given) && !FORBIDDEN.test(given) ? given : undefined;
}

// A copy, because the caller may change the bytes.
function bytesOf(body: unknown): Buffer | undefined {
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(body)
    ? body
    : { buffer: body, byteOffset: 0, byteLength: undefined };
  if (!isArrayBuffer(buffer) || buffer.resizable || buffer.detached) return undefined;
  return Buffer.from(buffer.slice(byteOffset, byteLength === undefined ? undefined : byteOffset + byteLength));
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return tagOf(value) === "ArrayBuffer";
}
