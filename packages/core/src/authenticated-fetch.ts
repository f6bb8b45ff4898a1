import { orAbort } from "./abort.ts";
import { type Call, type CallBody, callOfFetch, callOfHttp, headersOf, redirectModeOf, transmit } from "./call.ts";
import { withTicket } from "./call-headers.ts";
import { withQuery } from "./call-url.ts";
import type { Engine } from "./engine-contract.ts";
import { isVmsError } from "./errors/any-error.ts";
import type { Flow } from "./flow.ts";
import { homeOf } from "./home.ts";
import type { Live } from "./live.ts";
import { plainNetworkError } from "./network-error.ts";
import type { Settings } from "./options.ts";
import { followRedirects, isRedirect } from "./redirects.ts";
import { shownResponse } from "./shown-response.ts";
import { isAbsolute, joinBelow } from "./target.ts";

/** The two doors to a session: for callers of `fetch`, and for ky, which has made a `Request` of its options by then. */
export interface AuthenticatedFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly fetchForHttp: (request: Request, init: RequestInit | undefined, body: CallBody) => Promise<Response>;
}

/**
 * A `fetch` that puts the session's credential on, signs in where there is no session, and sends a refused call
 * once more with the next one.
 */
export function createAuthenticatedFetch<Data, User>(
  flow: Flow<Data, User>,
  settings: Settings,
  engine: Engine<Data, User>,
): AuthenticatedFetch {
  const { vendor } = flow;
  const home = homeOf(flow, settings);

  async function whenSignedIn(call: Call): Promise<Response> {
    return send(call, await engine.acquire(call.signal), false);
  }

  function send(call: Call, live: Live<Data, User>, again: boolean): Promise<Response> {
    const url = urlOf(call, live);
    const headers = withTicket(headersOf(call), live.ticket);
    let sent: Promise<Response>;
    try {
      sent = transmit(call, url, headers, again, settings.fetch);
    } catch (error) {
      failed(call, error); // A fetch that throws at once may quote what it was given.
    }
    return sent.then(
      (response) => arrived(call, live, again, url, response),
      (error: unknown) => failed(call, error),
    );
  }

  function failed(call: Call, error: unknown): never {
    if (call.signal?.aborted) throw call.signal.reason;
    throw isVmsError(error) ? error : plainNetworkError(error);
  }

  // Law 12: what may not see the credential is refused before anything is sent.
  function urlOf(call: Call, live: Live<Data, User>): string {
    const { ticket } = live;
    let url: string;
    if (isAbsolute(call.url)) {
      const start = flow.baseUrl.href;
      const moved = call.joinedByKy && start !== ticket.base && call.url.startsWith(start);
      // Some vendors move calls to another host after sign-in; what ky joined below the first one moves along.
      const target = new URL(moved ? ticket.base + call.url.slice(start.length) : call.url, ticket.base);
      home.require(target, ticket);
      url = target.href;
    } else {
      url = joinBelow(ticket.base, call.url);
    }
    return ticket.query === "" ? url : withQuery(url, ticket.query, ticket.secretNames);
  }

  function arrived(
    call: Call,
    live: Live<Data, User>,
    again: boolean,
    url: string,
    response: Response,
  ): Response | Promise<Response> {
    if (isRedirect(response) && redirectModeOf(call) === "follow") return follow(call, live, again, url, response);
    const rejected = isRejected(response);
    if (typeof rejected === "boolean") return settle(call, live, again, response, rejected);
    return orAbort(rejected, call.signal).then((is) => settle(call, live, again, response, is));
  }

  function isRejected(response: Response): boolean | Promise<boolean> {
    return flow.isRejected === undefined ? response.status === 401 : flow.isRejected(response);
  }

  async function follow(
    call: Call,
    live: Live<Data, User>,
    again: boolean,
    url: string,
    response: Response,
  ): Promise<Response> {
    const first = { url, response };
    const isAllowed = (target: URL) => home.includes(target, live.ticket);
    const passed = (step: Response) => {
      rotate(step, live);
      const now = engine.peek();
      return now?.lineage === live.lineage ? now.ticket : live.ticket;
    };
    const end = await followRedirects(vendor, call, first, passed, isAllowed, settings.fetch).catch((error: unknown) =>
      failed(call, error),
    );
    Object.defineProperty(end.response, "redirected", { value: true });
    // What a foreign origin answers says nothing about this session.
    if (!end.home) return shownResponse(end.response, live.ticket.secretNames);
    return settle(call, live, again, end.response, await isRejected(end.response));
  }

  function settle(
    call: Call,
    live: Live<Data, User>,
    again: boolean,
    response: Response,
    rejected: boolean,
  ): Response | Promise<Response> {
    if (!rejected) {
      rotate(response, live);
    } else if (!again) {
      // Law 3: what was sent again is not sent a third time, and its rejection is the caller's.
      engine.rejected(live, response.status);
      if (call.repeatable) return resend(call, response);
    }
    return shownResponse(response, live.ticket.secretNames);
  }

  function rotate(response: Response, live: Live<Data, User>): void {
    const data = flow.rotate?.(response, live.record);
    if (data !== undefined) engine.rotated(live, data, response);
  }

  async function resend(call: Call, response: Response): Promise<Response> {
    response.body?.cancel().catch(() => {});
    return send(call, await engine.acquire(call.signal), true);
  }

  // Not an async function: a call on a live session costs one `then` more than a bare fetch.
  function dispatch(call: Call): Promise<Response> {
    try {
      const live = engine.use();
      return live === undefined ? whenSignedIn(call) : send(call, live, false);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  return {
    fetch(input, init) {
      try {
        return dispatch(callOfFetch(input, init));
      } catch (error) {
        return Promise.reject(error); // As of fetch, what is no call at all is a rejection.
      }
    },
    fetchForHttp: (request, init, body) => dispatch(callOfHttp(request, init, body)),
  };
}
