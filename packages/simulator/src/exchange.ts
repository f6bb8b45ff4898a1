/** A request that a server received. */
export interface ReceivedRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The path, including the vendor's base path. */
  readonly path: string;
  /** The full URL with its query. */
  readonly url: string;
  /** The headers, with `cookie`. */
  readonly headers: Headers;
  /** The body as text. */
  readonly body: string;
  /** The time of arrival, in ms since the epoch by the simulator's clock. */
  readonly at: number;
  /** The status of the response; absent before the response and if the connection was dropped. */
  readonly status?: number;
}

/** An incoming request, over a socket or in process. */
export interface Incoming {
  /** The HTTP method. */
  readonly method: string;
  /** The full URL with its query. */
  readonly url: string;
  /** The headers, with `cookie`. */
  readonly headers: Headers;
  /** The body. `undefined` if there is none. */
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** Aborts when the client closes the connection. */
  readonly signal: AbortSignal;
}

/** How a response ends: complete (`"whole"`), or after half of the body with a dropped or stalled connection. */
export type Ending = "whole" | "drop" | "stall";

/** An outgoing response. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, with `set-cookie`. */
  readonly headers: Headers;
  /** The full body, even if only half of it is sent. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** How the response ends. */
  readonly ending: Ending;
}

/** Handles a request. `"dropped"` means that the connection is dropped before the response. */
export type Receive = (incoming: Incoming) => Promise<Answer | "dropped">;

/** The half of a body that is sent before a failure. */
export function firstHalf(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return body.slice(0, Math.ceil(body.length / 2));
}

/** Whether a `Response` with this status rejects a body. */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Waits for `promise` until the client aborts. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
