/** A request as a vendor received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** The path as received, the vendor's base path included. */
  readonly path: string;
  /** The whole URL as received, with its query. */
  readonly url: string;
  readonly headers: Headers;
  /** The body as text. */
  readonly body: string;
  /** When it arrived, by the simulator's clock. */
  readonly at: number;
  /** The status of the answer. Missing before the answer, and if the connection was dropped before it. */
  readonly status?: number;
}

/** An incoming request, over a socket or in process. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** Aborts when the client closes the connection. */
  readonly signal: AbortSignal;
}

/** How an answer ends: complete, or with a failure after half of the body. */
export type Ending = "whole" | "drop" | "stall";

/** An outgoing answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly ending: Ending;
}

/** Answers a request. "dropped": the connection breaks before the answer. */
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
