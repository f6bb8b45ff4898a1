/** A request as it left for the wire. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  /** What it was answered by the server itself, as text, once somebody asks for it. */
  readonly answer: () => Promise<{ readonly headers: Headers; readonly text: string } | undefined>;
}

/** What requests meet instead of the server: an answer, an error, or (`undefined`) the server after all. */
export type Fault = (request: Sent) => Response | undefined | Promise<Response | undefined>;

/** The edge of the network: it keeps what is sent, and lets requests meet faults, with any server behind it. */
export interface Wire {
  readonly fetch: typeof globalThis.fetch;
  /** All that was sent since the last `clear`, oldest first. */
  readonly sent: readonly Sent[];
  clear(): void;
  /** Requests meet this from now on; `undefined` ends it. */
  meet(fault: Fault | undefined): void;
}

/** An origin that is nobody's. What is sent there is kept and answered here, and never leaves. */
export const ELSEWHERE = "https://elsewhere.example";

export function createWire(server: typeof globalThis.fetch): Wire {
  const sent: Sent[] = [];
  let fault: Fault | undefined;

  async function send(input: string | URL | Request, init: RequestInit | undefined): Promise<Response> {
    const copy = new Request(input instanceof Request ? input.clone() : input, init);
    const { method, url } = copy;
    const headers = new Headers(copy.headers);
    // A browser takes the Cookie header off a Request, but not off Headers.
    for (const [name, value] of new Headers(init?.headers)) headers.set(name, value);
    const body = copy.body === null ? "" : await copy.text();
    let answered: Response | undefined;
    const answer = async () =>
      answered && { headers: new Headers(answered.headers), text: await answered.clone().text() };
    const request: Sent = { method, url, headers, body, answer };
    sent.push(request);
    const met = (await fault?.(request)) ?? (url.startsWith(ELSEWHERE) ? Response.json({}) : undefined);
    if (met !== undefined) return arrive(request, met, init?.redirect ?? copy.redirect, init?.signal ?? copy.signal);
    const response = await server(input, init);
    answered = response.clone();
    return response;
  }

  // A fault that redirects is followed where the caller did not say otherwise, as fetch would.
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

/** A fault that answers every request alike. */
export function answers(status: number, body: string | null, headers: Record<string, string> = {}): Fault {
  return () => new Response(body, { status, headers });
}

/** What a network does that is down. */
export const noNetwork: Fault = () => {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
  });
};

/** The fault of one request only, by its place from now on. */
export function onlyAt(place: number, fault: Fault): Fault {
  let at = 0;
  return (request) => (at++ === place ? fault(request) : undefined);
}
