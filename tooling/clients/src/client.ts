import type { Session } from "@vms/core";

/** Options of every call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** How a client exposes a response with an HTTP error status. */
interface ShownError {
  /** The name of the thrown error, or `"returned"` if the client does not throw. */
  readonly as: string;
  readonly status: number;
  /** The body: parsed JSON, or text. */
  readonly body: unknown;
}

/** The body of an upload, in memory or as a stream. */
export type UploadBody = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * An HTTP client, used as its documentation says. Responses are `{ data }`, because GraphQL clients require it. A client
 * that does not support a method omits it.
 */
export interface Client {
  get(path: string, options?: CallOptions): Promise<unknown>;
  postJson(path: string, value: object, options?: CallOptions): Promise<unknown>;
  postForm?(path: string, form: URLSearchParams | FormData, options?: CallOptions): Promise<unknown>;
  upload?(path: string, body: UploadBody, options?: CallOptions): Promise<unknown>;
  /** The body of a response as a stream. */
  download?(path: string, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
  /** A GET of a path that returns an error status. */
  fail(path: string, options?: CallOptions): Promise<ShownError>;
}

/** What clients are built on: a session, or the bare `fetch` and `ky` for comparison. */
export type Signed = Pick<Session, "fetch" | "http">;

/** A kind of client. */
export interface ClientKind {
  readonly name: string;
  /** Whether the client passes `fetch` the body itself, or a `Request` whose body is a stream. */
  readonly hands: "body" | "Request";
  /** @param baseUrl has no trailing slash. */
  create(baseUrl: string, session: Signed): Client;
}

/** The `data` of a response. */
export function dataOf(value: unknown): unknown {
  return (value as { data: unknown }).data;
}

/** Extracts the client's part of the error that a call throws. */
export async function thrownBy(call: Promise<unknown>): Promise<Error> {
  const result = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (result instanceof Error) return result;
  throw new Error("The client threw no error.");
}
