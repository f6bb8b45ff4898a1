import { type Answer, firstHalf, hasNoBody, type Incoming, type Receive, unlessAborted } from "./exchange.ts";

const mostRedirects = 20;

/** Creates a `fetch` without a network that reaches only the servers that `find` returns. */
export function createInProcessFetch(find: (url: URL) => Receive | undefined): typeof globalThis.fetch {
  return async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const redirect = init?.redirect ?? request.redirect;
    let incoming = await readRequest(request, init);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await send(incoming, find);
      const target = redirectTarget(answer, incoming.url);
      if (target === undefined || redirect === "manual") return toResponse(answer, incoming, redirects > 0);
      if (redirect === "error") throw failed("unexpected redirect");
      if (redirects === mostRedirects) throw failed("redirect count exceeded");
      incoming = redirected(incoming, answer.status, target);
    }
  };
}

async function send(incoming: Incoming, find: (url: URL) => Receive | undefined): Promise<Answer> {
  const url = new URL(incoming.url);
  const receive = find(url);
  incoming.signal.throwIfAborted();
  if (receive === undefined) throw failed(`getaddrinfo ENOTFOUND ${url.hostname}`, "ENOTFOUND");
  const answer = await unlessAborted(receive(incoming), incoming.signal);
  if (answer === "dropped") throw failed("read ECONNRESET", "ECONNRESET");
  return answer;
}

async function readRequest(request: Request, init: RequestInit | undefined): Promise<Incoming> {
  const { method, url, signal } = request;
  signal.throwIfAborted();
  const headers = new Headers(request.headers);
  // A browser removes the Cookie header from a Request, but not from Headers.
  for (const [name, value] of new Headers(init?.headers)) headers.set(name, value);
  const body = request.body === null ? undefined : await unlessAborted(request.arrayBuffer(), signal);
  return { method, url: withoutFragment(url), headers, signal, body: body && new Uint8Array(body) };
}

function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? url;
}

function redirectTarget(answer: Answer, from: string): URL | undefined {
  const location = answer.headers.get("location");
  if (location === null || ![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  return new URL(location, from);
}

/** The request that follows a redirect, as `fetch` sends it. */
function redirected(incoming: Incoming, status: number, target: URL): Incoming {
  const headers = new Headers(incoming.headers);
  const becomesGet =
    (status === 303 && incoming.method !== "HEAD") || ([301, 302].includes(status) && incoming.method === "POST");
  if (becomesGet) {
    for (const name of ["content-encoding", "content-language", "content-location", "content-type", "content-length"]) {
      headers.delete(name);
    }
  }
  if (target.origin !== new URL(incoming.url).origin) {
    for (const name of ["authorization", "proxy-authorization", "cookie", "host"]) headers.delete(name);
  }
  const url = withoutFragment(target.href);
  return becomesGet ? { ...incoming, url, headers, method: "GET", body: undefined } : { ...incoming, url, headers };
}

function toResponse(answer: Answer, incoming: Incoming, wasRedirected: boolean): Response {
  const { status } = answer;
  // `Response` rejects some statuses that a server can send.
  if (status < 200 || status > 599) throw failed(`a response cannot have the status ${status}`);
  const empty = hasNoBody(status) || incoming.method === "HEAD";
  const response = new Response(empty ? null : bodyOf(answer, incoming.signal), { status, headers: answer.headers });
  // A browser removes Set-Cookie from a Response, but not from Headers. `Response` does not accept the other two.
  return Object.defineProperties(response, {
    headers: { value: answer.headers },
    url: { value: incoming.url },
    redirected: { value: wasRedirected },
  });
}

function bodyOf(answer: Answer, signal: AbortSignal): BodyInit {
  if (answer.ending === "whole") return answer.body;
  const half = firstHalf(answer.body);
  let sent = half.length === 0;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (answer.ending === "stall") {
        signal.addEventListener("abort", () => controller.error(signal.reason), { once: true });
      }
    },
    pull(controller) {
      if (!sent) controller.enqueue(half);
      else if (answer.ending === "drop") controller.error(new TypeError("terminated"));
      // The body stalls: the reader waits until its signal aborts.
      else return new Promise(() => {});
      sent = true;
      return undefined;
    },
  });
}

function failed(message: string, code?: string): TypeError {
  const cause = code === undefined ? new Error(message) : Object.assign(new Error(message), { code });
  return new TypeError("fetch failed", { cause });
}
