import type { Session } from "@vms/core";

/** What every call accepts. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** What a client shows of a response with an HTTP error status. */
export interface ShownError {
  /** The name of the error that is thrown, or `"returned"` if the client throws nothing. */
  readonly as: string;
  readonly status: number;
  /** The body: the value of JSON, else the text. */
  readonly body: unknown;
}

/** A body of an upload: in memory, or a stream. */
export type UploadBody = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * An HTTP client, used as its documentation says. The vendor's responses are `{ data }`, which GraphQL clients require.
 * A client that cannot do something lacks the method.
 */
export interface Client {
  get(path: string, options?: CallOptions): Promise<unknown>;
  postJson(path: string, value: object, options?: CallOptions): Promise<unknown>;
  postForm?(path: string, form: URLSearchParams | FormData, options?: CallOptions): Promise<unknown>;
  upload?(path: string, body: UploadBody, options?: CallOptions): Promise<unknown>;
  /** The body of a response as a stream. */
  download?(path: string, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
  /** A GET of a path that has an error status. */
  fail(path: string, options?: CallOptions): Promise<ShownError>;
}

/** What clients are made of: a session, or the bare `fetch` and `ky` for comparison. */
export type Signed = Pick<Session, "fetch" | "http">;

/** A kind of client. */
export interface ClientKind {
  readonly name: string;
  /** What the client passes to `fetch`: the body itself, or a `Request`, whose body is a stream. */
  readonly hands: "body" | "Request";
  /** @param baseUrl ends without a slash. */
  create(baseUrl: string, session: Signed): Client;
}

/** The `data` of a response. */
export function dataOf(value: unknown): unknown {
  return (value as { data: unknown }).data;
}

/** Passes on what a call throws as the part of it that is the client's. */
export async function thrownBy(call: Promise<unknown>): Promise<Error> {
  const result = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (result instanceof Error) return result;
  throw new Error("The client threw no error.");
}
