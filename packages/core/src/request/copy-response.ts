/** Properties that the constructor of `Response` does not accept. */
export interface ResponseFacts {
  readonly url?: string;
  readonly redirected?: boolean;
  readonly status?: number;
  readonly type?: ResponseType;
}

// Keeps the original alive: the runtime cancels an unread body when its response is garbage-collected.
const originals = new WeakMap<ReadableStream, Response>();

/** A method with which a response copies itself without a stream. */
export const COPY: unique symbol = Symbol("copy");

type Copy = (headers: Headers, facts: ResponseFacts) => Response | undefined;

/** Creates a `Response` with other headers over the same, unread body. */
export function copyResponse(original: Response, headers: Headers, facts: ResponseFacts): Response {
  const own = (original as { [COPY]?: Copy })[COPY]?.(headers, facts);
  if (own !== undefined) return own;
  const { status, statusText, body } = original;
  // The constructor takes a status of 200 to 599, and no body for some of these.
  const known = status >= 200 && status <= 599;
  const empty = body === null || !known || [204, 205, 304].includes(status);
  const copy = new Response(empty ? null : body, { status: known ? status : 500, statusText, headers });
  if (copy.body !== null) originals.set(copy.body, original);
  const { redirected, type } = original;
  return setFacts(copy, { redirected, type, ...facts, ...(known ? {} : { status }) });
}

/** Copies a response with read-only properties, as in some mocks of `fetch`. */
export function withFacts(response: Response, facts: ResponseFacts): Response {
  const isFixed = ["clone", ...Object.keys(facts)].some(
    (name) => Object.getOwnPropertyDescriptor(response, name)?.configurable === false,
  );
  if (!isFixed && Object.isExtensible(response)) return setFacts(response, facts);
  return copyResponse(response, new Headers(response.headers), { url: response.url, ...facts });
}

function setFacts(response: Response, facts: ResponseFacts): Response {
  const { clone } = response;
  for (const [name, value] of Object.entries(facts)) {
    Object.defineProperty(response, name, { value, configurable: true });
  }
  const cloneWithFacts = () => setFacts(clone.call(response), facts);
  return Object.defineProperty(response, "clone", { value: cloneWithFacts, configurable: true });
}
