import { Buffer } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";

type Controller = Dispatcher.DispatchController;

/** The bytes to buffer before the connection is paused. */
const HIGH_WATER_MARK = 65_536;

export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders;
  /** Names and values as bytes, if undici provides them. */
  readonly rawHeaders: unknown;
}

/** Called once, with either outcome. */
export interface Outcome {
  answered(exchange: Exchange, head: ResponseHead): void;
  /** @param error rejects the promise of `fetch`. */
  failed(error: unknown): void;
}

/**
 * undici's handler for a request and the source of its body. A class, because each request has one and undici calls its
 * methods by name.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  /** Whether the body is being read, so that it may outlive its response. */
  isTaken = false;
  /** Makes a stream of the body fail at once. */
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

  constructor(signal: AbortSignal | undefined, outcome: Outcome) {
    this.#signal = signal;
    this.#outcome = outcome;
    signal?.addEventListener("abort", this);
  }

  get isOver(): boolean {
    return this.#isEnded || this.#failure !== undefined;
  }

  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  get hasSignal(): boolean {
    return this.#signal !== undefined;
  }

  handleEvent(): void {
    const reason: unknown = this.#signal?.reason;
    // With a response, Node's `fetch` replaces an empty reason by its own error.
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

  discard(): void {
    this.#isDiscarded = true;
  }

  cancel(reason: unknown): void {
    this.#isDiscarded = true;
    this.#chunks = [];
    this.#signal?.removeEventListener("abort", this);
    if (this.isOver) return;
    this.#failure = { error: reason };
    this.#controller?.abort(reason as Error);
    this.#wake?.();
  }

  /** Returns `undefined` at the end. */
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

  /** May share its memory. The body must not be read in another way too. */
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
