import { Buffer } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";

type Controller = Dispatcher.DispatchController;

/** How many bytes of a body are kept for a reader before the connection is paused. */
const HIGH_WATER_MARK = 65_536;

/** The beginning of a response. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** By name in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** Names and values as bytes, where undici gives them. */
  readonly rawHeaders: unknown;
}

/** Receives the outcome of a request: one of the two, once. */
export interface Outcome {
  answered(exchange: Exchange, head: ResponseHead): void;
  /** @param error what the promise of `fetch` is rejected with. */
  failed(error: unknown): void;
}

/**
 * One request and its response: the handler that undici calls, and the body for its reader.
 *
 * A class, because there is one for each request, and undici calls its methods by name.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  /** Whether the body is read, or a stream of it was made: it no longer ends with its response. */
  isTaken = false;
  /** Called when the body fails, so that its stream fails at once. */
  onFailure: ((error: unknown) => void) | undefined;
  /** Dropped with the head, because it holds the response, which must not live as long as its connection. */
  #outcome: Outcome | undefined;
  readonly #signal: AbortSignal | undefined;
  #controller: Controller | undefined;
  #hasHead = false;
  #chunks: Buffer[] = [];
  #size = 0;
  #isPaused = false;
  #isWholeWanted = false;
  #isDiscarded = false;
  #isEnded = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** @param signal not aborted. */
  constructor(signal: AbortSignal | undefined, outcome: Outcome) {
    this.#signal = signal;
    this.#outcome = outcome;
    signal?.addEventListener("abort", this);
  }

  /** Whether all of the body is here, or never will be. */
  get isOver(): boolean {
    return this.#isEnded || this.#failure !== undefined;
  }

  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  get hasSignal(): boolean {
    return this.#signal !== undefined;
  }

  /** The signal was aborted. */
  handleEvent(): void {
    const reason: unknown = this.#signal?.reason;
    // Node's `fetch` shows an own error in place of an empty reason, once the response is there.
    const isShown = !this.#hasHead || Boolean(reason);
    this.#fail(isShown ? reason : new DOMException("The operation was aborted.", "AbortError"));
    this.#controller?.abort(reason as Error);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#failure !== undefined) controller.abort(this.#failure.error as Error);
  }

  onRequestUpgrade(): void {
    throw new Error("bad upgrade");
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders, statusText = ""): void {
    if (status < 200) return;
    this.#hasHead = true;
    const outcome = this.#outcome;
    this.#outcome = undefined;
    const { rawHeaders } = controller as { readonly rawHeaders?: unknown };
    outcome?.answered(this, { status, statusText, headers, rawHeaders });
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#isDiscarded) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#isWholeWanted) return;
    if (this.#size >= HIGH_WATER_MARK) {
      this.#isPaused = true;
      controller.pause();
    }
    this.#wake?.();
  }

  onResponseEnd(): void {
    this.#isEnded = true;
    if (this.#isDiscarded) this.#signal?.removeEventListener("abort", this);
    this.#wake?.();
  }

  onResponseError(_controller: Controller, error: Error): void {
    if (this.#isDiscarded && this.#hasHead) this.#signal?.removeEventListener("abort", this);
    else this.#fail(new TypeError(this.#hasHead ? "terminated" : "fetch failed", { cause: error }));
  }

  /** Ignores the body: the response has none for its reader. */
  discard(): void {
    this.#isDiscarded = true;
  }

  /** Ends the exchange: nobody wants the response, or the rest of its body. */
  cancel(reason: unknown): void {
    this.#isDiscarded = true;
    this.#chunks = [];
    this.#signal?.removeEventListener("abort", this);
    if (this.isOver) return;
    this.#failure = { error: reason };
    this.#controller?.abort(reason as Error);
    this.#wake?.();
  }

  /** Returns the next part of the body; `undefined` at its end. */
  async read(): Promise<Buffer | undefined> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#size -= chunk.length;
        if (this.#size < HIGH_WATER_MARK) this.#resume();
        return chunk;
      }
      if (this.#isEnded) {
        this.#signal?.removeEventListener("abort", this);
        return undefined;
      }
      await this.#change();
    }
  }

  /** Returns the whole body, which must not be read in another way. It may share its memory with others. */
  async whole(): Promise<Buffer> {
    this.isTaken = true;
    this.#isWholeWanted = true;
    this.#resume();
    while (!this.isOver) await this.#change();
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#signal?.removeEventListener("abort", this);
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#controller?.resume();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.#signal?.removeEventListener("abort", this);
    this.#chunks = [];
    this.#outcome?.failed(error);
    this.onFailure?.(error);
    this.#wake?.();
  }
}
