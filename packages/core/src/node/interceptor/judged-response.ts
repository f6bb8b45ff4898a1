import type { IncomingHttpHeaders } from "node:http";
import { once } from "../node-fetch/once.ts";
import { shownStatus, toHeaders, toResponse } from "./response-head.ts";

type Body = () => Buffer | undefined;

// Node loads its `fetch` with the first mention of `Response`.
const responseClass = once(() => {
  /**
   * Lazy: most flows judge by the status or one header, and a complete `Response` costs as much as the rest of a
   * request.
   */
  class JudgedResponse extends Response {
    readonly #status: number;
    readonly #given: IncomingHttpHeaders;
    readonly #body: Body;
    #headers: Headers | undefined;
    #full: Response | undefined;

    constructor(status: number, given: IncomingHttpHeaders, body: Body) {
      super(null);
      this.#status = shownStatus(status);
      this.#given = given;
      this.#body = body;
    }

    override get status(): number {
      return this.#status;
    }

    override get ok(): boolean {
      return this.#status >= 200 && this.#status <= 299;
    }

    override get headers(): Headers {
      this.#headers ??= toHeaders(this.#given);
      return this.#headers;
    }

    override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
      return this.#asFull().body;
    }

    override get bodyUsed(): boolean {
      return this.#full?.bodyUsed ?? false;
    }

    override async json(): Promise<unknown> {
      return this.#asFull().json();
    }

    override async text(): Promise<string> {
      return this.#asFull().text();
    }

    override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
      return this.#asFull().bytes();
    }

    override async arrayBuffer(): Promise<ArrayBuffer> {
      return this.#asFull().arrayBuffer();
    }

    override async blob(): Promise<Blob> {
      return this.#asFull().blob();
    }

    override async formData(): Promise<FormData> {
      return this.#asFull().formData();
    }

    override clone(): Response {
      return this.#asFull().clone();
    }

    #asFull(): Response {
      this.#full ??= toResponse(this.#status, this.#given, this.#body());
      return this.#full;
    }
  }
  return JudgedResponse;
});

/** @param body called at most once, when needed. */
export function judgedResponse(status: number, headers: IncomingHttpHeaders, body: Body): Response {
  const JudgedResponse = responseClass();
  return new JudgedResponse(status, headers, body);
}
