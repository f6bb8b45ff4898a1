import type { IncomingHttpHeaders } from "node:http";
import { decodeBody } from "./decode-body.ts";
import { judgedResponse } from "./judged-response.ts";
import { valuesOf } from "./response-head.ts";

/** The largest JSON response to hold until the flow has judged its body, in bytes. */
export const JUDGED_BYTES = 16_384;

/** The longest wait for the end of a body, in ms. An event stream may never end. */
const PATIENCE = 1_000;

type IsRejection = (response: Response) => boolean | Promise<boolean>;

/** Receives the flow's verdict once, not before `begin`. */
interface Verdict {
  judged(rejected: boolean, response: Response): void;
  failed(error: Error): void;
}

/** A response held until its head or small JSON body is judged. A class, because its parts arrive one by one. */
export class HeldResponse {
  readonly chunks: Buffer[] = [];
  trailers: IncomingHttpHeaders | undefined;
  failure: Error | undefined;
  readonly #isRejection: IsRejection;
  readonly #status: number;
  readonly #headers: IncomingHttpHeaders;
  readonly #verdict: Verdict;
  #size = 0;
  #late: NodeJS.Timeout | undefined;
  #asked = false;

  constructor(isRejection: IsRejection, status: number, headers: IncomingHttpHeaders, verdict: Verdict) {
    this.#isRejection = isRejection;
    this.#status = status;
    this.#headers = headers;
    this.#verdict = verdict;
  }

  /** Judges at once, unless the body must be inspected. */
  begin(): void {
    const [type = ""] = valuesOf(this.#headers, "content-type");
    const [length = "0"] = valuesOf(this.#headers, "content-length");
    // A 304 has the length of a body that is not sent, which undici reports as an error.
    const hasBody = this.#status !== 204 && this.#status !== 304;
    if (!hasBody || !/json/i.test(type) || Number(length) > JUDGED_BYTES) this.#ask(noBody);
    else this.#late = setTimeout(() => this.#ask(noBody), PATIENCE);
  }

  add(chunk: Buffer): void {
    // undici reuses its buffers.
    this.chunks.push(Buffer.from(chunk));
    this.#size += chunk.length;
    if (this.#size > JUDGED_BYTES) this.#ask(noBody);
  }

  end(trailers: IncomingHttpHeaders): void {
    this.trailers = trailers;
    this.#ask(() => {
      const encoding = valuesOf(this.#headers, "content-encoding").join();
      return decodeBody(Buffer.concat(this.chunks), encoding, JUDGED_BYTES);
    });
  }

  fail(error: Error): void {
    this.failure = error;
    this.#ask(noBody);
  }

  /** @param body returns `undefined` if there is no body to inspect or it cannot be decoded. */
  #ask(body: () => Buffer | undefined): void {
    if (this.#asked) return;
    this.#asked = true;
    clearTimeout(this.#late);
    try {
      const response = judgedResponse(this.#status, this.#headers, body);
      const rejected = this.#isRejection(response);
      if (typeof rejected === "boolean") this.#verdict.judged(rejected, response);
      else rejected.then((is) => this.#verdict.judged(is, response)).catch(this.#verdict.failed);
    } catch (error) {
      this.#verdict.failed(error as Error);
    }
  }
}

const noBody = () => undefined;
