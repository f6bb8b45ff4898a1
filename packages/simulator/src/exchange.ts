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
  /** When it came, by the simulator's clock. */
  readonly at: number;
  /** What it was answered. Missing while it waits, and when the connection was dropped before an answer. */
  readonly status?: number;
}

/** A request on its way in, whatever carried it. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** How an answer ends: whole, or with a fault after half of the body. */
export type Ending = "whole" | "drop" | "stall";

/** An answer on its way out. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly ending: Ending;
}

/** What a server makes of a request. "dropped": the connection breaks before any answer. */
export type Receive = (incoming: Incoming) => Promise<Answer | "dropped">;

/** What arrives of a body that does not arrive whole. */
export function firstHalf(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return body.slice(0, Math.ceil(body.length / 2));
}

/** These statuses have no body, and a `Response` refuses one. */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Waits for `promise`, but no longer than the client does. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
