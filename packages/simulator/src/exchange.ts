/** A request as a vendor received it. */
export interface ReceivedRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The path as received, the vendor's base path included. */
  readonly path: string;
  /** The whole URL as received, with its query. */
  readonly url: string;
  /** The headers as received. */
  readonly headers: Headers;
  /** The body as text. */
  readonly body: string;
  /** When it arrived, in ms since the epoch by the simulator's clock. */
  readonly at: number;
  /** The status of the response. Absent before the response, and if the connection was dropped before it. */
  readonly status?: number;
}

/** An incoming request, over a socket or in process. */
export interface Incoming {
  /** The HTTP method. */
  readonly method: string;
  /** The whole URL, with its query. */
  readonly url: string;
  /** The headers, with `cookie`. */
  readonly headers: Headers;
  /** The body. `undefined` if there is none. */
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** Aborts when the client closes the connection. */
  readonly signal: AbortSignal;
}

/** How a response ends: complete (`"whole"`), or after half of the body, with a broken or a silent connection. */
export type Ending = "whole" | "drop" | "stall";

/** An outgoing response. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, with `set-cookie`. */
  readonly headers: Headers;
  /** The whole body, even if only a part of it is sent. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** How the response ends. */
  readonly ending: Ending;
}

/** Handles a request. `"dropped"`: the connection breaks before the response. */
export type Receive = (incoming: Incoming) => Promise<Answer | "dropped">;

/** The part of a body that arrives before a failure. */
export function firstHalf(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return body.slice(0, Math.ceil(body.length / 2));
}

/** Whether a status has no body, so that a `Response` rejects one. */
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
