import type { Buffer } from "node:buffer";
import { type ResponseFacts as ChangedFacts, COPY } from "../../request/copy-response.ts";
import type { Exchange, ResponseHead } from "./exchange.ts";
import { once } from "./once.ts";
import { bodyStream, wholeBody } from "./response-body.ts";
import { responseHeaders } from "./response-headers.ts";

export interface ResponseFacts extends ResponseHead {
  readonly url: string;
  readonly redirected: boolean;
  readonly type: ResponseType;
  /** Keeps alive the response that provided the body, because its garbage collection cancels the exchange. */
  readonly original?: Response;
}

export interface ResponseSource {
  readonly exchange: Exchange;
  /** In decoding order. */
  readonly codings: readonly string[];
}

// Node loads its `fetch` with the first mention of `Response`, and only `nodeFetch` needs it here.
const responseClass = once(() => {
  /**
   * A global `Response` with lazy headers and body. `json()`, `text()`, `bytes()` and `arrayBuffer()` avoid a stream,
   * which is most of the cost of a `Response`.
   */
  class NodeResponse extends Response {
    readonly #facts: ResponseFacts;
    readonly #source: ResponseSource | undefined;
    #headers: Headers | undefined;
    #isConsumed = false;
    #full: Response | undefined;

    constructor(facts: ResponseFacts, source: ResponseSource | undefined, full: Response | undefined) {
      super(null);
      this.#facts = facts;
      this.#source = source;
      this.#full = full;
    }

    override get status(): number {
      return this.#facts.status;
    }

    override get statusText(): string {
      return this.#facts.statusText;
    }

    override get ok(): boolean {
      const { status } = this.#facts;
      return status >= 200 && status <= 299;
    }

    override get url(): string {
      return this.#facts.url;
    }

    override get redirected(): boolean {
      return this.#facts.redirected;
    }

    override get type(): ResponseType {
      return this.#facts.type;
    }

    override get headers(): Headers {
      this.#headers ??= responseHeaders(this.#facts);
      return this.#headers;
    }

    override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
      return this.#source === undefined && this.#full === undefined ? null : this.#asFull().body;
    }

    override get bodyUsed(): boolean {
      return this.#isConsumed || (this.#full?.bodyUsed ?? false);
    }

    override async json(): Promise<unknown> {
      return this.#isUntouched() ? JSON.parse(textOf(await this.#consume())) : this.#asFull().json();
    }

    override async text(): Promise<string> {
      return this.#isUntouched() ? textOf(await this.#consume()) : this.#asFull().text();
    }

    override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
      return this.#isUntouched() ? new Uint8Array(await this.#consume()) : this.#asFull().bytes();
    }

    override async arrayBuffer(): Promise<ArrayBuffer> {
      return this.#isUntouched() ? new Uint8Array(await this.#consume()).buffer : this.#asFull().arrayBuffer();
    }

    override async blob(): Promise<Blob> {
      return this.#asFull().blob();
    }

    override async formData(): Promise<FormData> {
      return this.#asFull().formData();
    }

    override clone(): Response {
      return new NodeResponse(this.#facts, undefined, this.#asFull().clone());
    }

    /** The copy takes over the body. */
    [COPY](headers: Headers, changed: ChangedFacts): Response | undefined {
      if (this.#isConsumed || this.#full !== undefined) return undefined;
      const { status, statusText, redirected, type } = this;
      const own = { status, statusText, url: "", redirected, type, ...changed };
      const facts = { ...own, headers: recordOf(headers), rawHeaders: undefined, original: this };
      const copy = new NodeResponse(facts, this.#source, undefined);
      this.#full = copy;
      return copy;
    }

    #isUntouched(): boolean {
      return this.#source !== undefined && this.#full === undefined && !this.#isConsumed;
    }

    #consume(): Promise<Buffer> {
      this.#isConsumed = true;
      const { exchange, codings } = this.#source as ResponseSource;
      return wholeBody(exchange, codings);
    }

    #asFull(): Response {
      if (this.#full !== undefined) return this.#full;
      const { headers } = this;
      if (this.#source === undefined) this.#full = new Response(null, { headers });
      else if (this.#isConsumed) {
        this.#full = new Response("", { headers });
        this.#full.text().catch(() => {});
      } else this.#full = new Response(bodyStream(this.#source.exchange, this.#source.codings), { headers });
      return this.#full;
    }
  }

  // Programs and logs see the global class, whose members are enumerable.
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(NodeResponse.prototype))) {
    const shown = name === "constructor" ? { value: Response } : { ...member, enumerable: true };
    Object.defineProperty(NodeResponse.prototype, name, shown);
  }
  return NodeResponse;
});

export function loadResponse(): void {
  responseClass();
}

/** @param source `undefined` for a response without a body. */
export function nodeResponse(facts: ResponseFacts, source: ResponseSource | undefined): Response {
  const NodeResponse = responseClass();
  return new NodeResponse(facts, source, undefined);
}

/** Wraps a response of another `fetch`. */
export function wrappedResponse(response: Response, full: Response): Response {
  const { status, statusText, url, redirected, type } = response;
  const facts = {
    status,
    statusText,
    url,
    redirected,
    type,
    headers: recordOf(response.headers),
    rawHeaders: undefined,
  };
  const NodeResponse = responseClass();
  return new NodeResponse(facts, undefined, full.body === null ? undefined : full);
}

function recordOf(headers: Headers): ResponseHead["headers"] {
  const cookies = headers.getSetCookie();
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { "set-cookie": cookies }) };
}

// Removes a byte order mark, as `fetch` does.
function textOf(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString("utf8", hasMark ? 3 : 0);
}
