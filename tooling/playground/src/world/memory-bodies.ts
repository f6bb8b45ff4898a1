/** What a body can be made of here. */
type Source = BodyInit | null | undefined;

/** A body in memory. A browser reads its own bodies on other threads, which finish in an order of their own. */
class MemoryBody {
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #used = false;
  readonly #bytes: Uint8Array<ArrayBuffer> | undefined;

  constructor(source: Source) {
    if (source instanceof ReadableStream) this.#stream = source;
    else if (source !== null && source !== undefined) this.#bytes = bytesOf(source);
  }

  get used(): boolean {
    return this.#used || this.#stream?.locked === true;
  }

  get stream(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    const bytes = this.#bytes;
    if (bytes === undefined) return this.#stream ?? null;
    this.#stream ??= new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    });
    return this.#stream;
  }

  async read(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.used) throw new TypeError("The body was read before.");
    this.#used = true;
    if (this.#stream === undefined) return this.#bytes ?? new Uint8Array();
    const parts: Uint8Array[] = [];
    const reader = this.#stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
    const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  copy(): Source {
    if (this.#bytes !== undefined) return this.#bytes;
    if (this.#stream === undefined) return null;
    const [one, other] = this.#stream.tee();
    this.#stream = one;
    return other;
  }
}

function bytesOf(source: Exclude<Source, ReadableStream | null | undefined>): Uint8Array<ArrayBuffer> {
  if (typeof source === "string" || source instanceof URLSearchParams) return new TextEncoder().encode(String(source));
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source))
    return new Uint8Array(source.buffer.slice(0) as ArrayBuffer, source.byteOffset, source.byteLength);
  throw new TypeError("The playground sends no forms and no files.");
}

/** Makes the objects of a class read their bodies from memory. */
function readFromMemory(prototype: object): void {
  const read = (owner: object) => bodiesOf.get(owner)?.read() ?? Promise.resolve(new Uint8Array());
  const text = async (owner: object) => new TextDecoder().decode(await read(owner));
  const method = (value: (owner: object) => Promise<unknown>) => ({
    value(this: object) {
      return value(this);
    },
  });
  const getter = (value: (body: MemoryBody | undefined) => unknown) => ({
    get(this: object) {
      return value(bodiesOf.get(this));
    },
    configurable: true,
  });
  Object.defineProperties(prototype, {
    body: getter((body) => body?.stream ?? null),
    bodyUsed: getter((body) => body?.used ?? false),
    arrayBuffer: method(async (owner) => (await read(owner)).slice().buffer),
    bytes: method(read),
    text: method(text),
    json: method(async (owner) => JSON.parse(await text(owner))),
  });
}

/** Adds the content type that a browser adds. */
function nameType(headers: Headers, source: Source): void {
  if (headers.has("content-type")) return;
  if (typeof source === "string") headers.set("content-type", "text/plain;charset=UTF-8");
  if (source instanceof URLSearchParams) headers.set("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
}

const bodiesOf = new WeakMap<object, MemoryBody>();

class MemoryResponse extends Response {
  constructor(source?: Source, init: ResponseInit = {}) {
    const headers = new Headers(init.headers);
    nameType(headers, source);
    super(null, { ...init, headers });
    Object.defineProperty(this, "headers", { value: headers, configurable: true });
    bodiesOf.set(this, new MemoryBody(source));
  }

  static override json(data: unknown, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new MemoryResponse(JSON.stringify(data), { ...init, headers });
  }

  override clone(): Response {
    return new MemoryResponse(bodiesOf.get(this)?.copy(), this);
  }
}

class MemoryRequest extends Request {
  constructor(input: RequestInfo | URL, { body, ...init }: RequestInit = {}) {
    const from = input instanceof Request ? input : undefined;
    super(input, init);
    const headers = new Headers(init.headers ?? from?.headers);
    nameType(headers, body);
    Object.defineProperty(this, "headers", { value: headers, configurable: true });
    bodiesOf.set(this, new MemoryBody(body ?? (from === undefined ? undefined : bodiesOf.get(from)?.copy())));
  }

  override clone(): Request {
    return new MemoryRequest(this);
  }
}

/** Replaces `Request` and `Response` of this worker. */
export function installMemoryBodies(): void {
  readFromMemory(MemoryResponse.prototype);
  readFromMemory(MemoryRequest.prototype);
  Object.assign(globalThis, { Request: MemoryRequest, Response: MemoryResponse });
}
