export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  /** The server's response, with its body as text. */
  readonly answer: () => Promise<Answer | undefined>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Replaces the server: returns a response, throws an error, or returns `undefined` for the server's response. */
export type Fault = (request: Sent) => Response | undefined | Promise<Response | undefined>;

/** The network between the sessions and any server: it records requests and simulates failures. */
export interface Network {
  readonly fetch: typeof globalThis.fetch;
  /** All requests since the last `clear`, oldest first. */
  readonly sent: readonly Sent[];
  clear(): void;
  /** Applies a fault to all later requests. `undefined` removes it. */
  meet(fault: Fault | undefined): void;
}

/** Another origin. Requests to it are recorded and answered here, but never sent. */
export const ELSEWHERE = "https://elsewhere.example";

export function createNetwork(server: typeof globalThis.fetch): Network {
  const sent: Sent[] = [];
  let fault: Fault | undefined;

  async function send(input: string | URL | Request, init: RequestInit | undefined): Promise<Response> {
    const copy = new Request(input instanceof Request ? input.clone() : input, init);
    const { method, url } = copy;
    const headers = new Headers(copy.headers);
    // A browser removes the Cookie header from a Request, but not from Headers.
    for (const [name, value] of new Headers(init?.headers)) headers.set(name, value);
    const body = copy.body === null ? "" : await copy.text();
    let answered: Response | undefined;
    const answer = async () =>
      answered && {
        status: answered.status,
        headers: new Headers(answered.headers),
        text: await answered.clone().text(),
      };
    const request: Sent = { method, url, headers, body, answer };
    sent.push(request);
    const met = (await fault?.(request)) ?? (url.startsWith(ELSEWHERE) ? Response.json({}) : undefined);
    if (met !== undefined) return arrive(request, met, init?.redirect ?? copy.redirect, init?.signal ?? copy.signal);
    const response = await server(input, init);
    answered = response.clone();
    return response;
  }

  // Redirects are followed as in `fetch`, unless the caller has set `redirect`.
  async function arrive(
    { url, method, headers, body }: Sent,
    response: Response,
    redirect: RequestRedirect,
    signal: AbortSignal | null,
  ): Promise<Response> {
    const location = response.headers.get("location");
    if (location === null || response.status < 300 || response.status > 399 || redirect === "manual") {
      return Object.defineProperty(response, "url", { value: url });
    }
    if (redirect === "error") throw new TypeError("fetch failed");
    const keeps = response.status > 303;
    const next = { headers, method: keeps ? method : "GET", body: keeps && body !== "" ? body : null, signal };
    return send(new URL(location, url), next);
  }

  return {
    sent,
    fetch: (input, init) => send(input, init),
    clear: () => {
      sent.length = 0;
    },
    meet: (next) => {
      fault = next;
    },
  };
}

/** Returns the headers of a response without the transfer headers, for a copy with another body. */
export function plainHeaders(headers: Headers): Headers {
  const plain = new Headers(headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) plain.delete(name);
  return plain;
}

/** Creates a fault that returns the same response to each request. */
export function answers(status: number, body: string | null, headers: Record<string, string> = {}): Fault {
  return () => new Response(body, { status, headers });
}

/** Creates the fault of a network that is down. */
export const noNetwork: Fault = () => {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
  });
};

/** Limits a fault to a single later request. `place` counts from 0. */
export function onlyAt(place: number, fault: Fault): Fault {
  let at = 0;
  return (request) => (at++ === place ? fault(request) : undefined);
}
