import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Dispatcher } from "undici";
import type { Exchange } from "../connections/connection-server.ts";
import { type RelayHandler, rawHeadersOf, relayResponse } from "../responses/relay-response.ts";
import type { ServedSession } from "../served-session.ts";
import { type ForwardedRequest, isIdempotent } from "../upstream/resend-after-reset.ts";
import type { Upstream } from "../upstream/upstream.ts";
import { openTunnel } from "../upstream/websocket-tunnel.ts";
import { contentLengthHeader, requestBody } from "./request-body.ts";
import { requestHeaders } from "./request-headers.ts";

/** How a request is passed on. */
export interface Forwarding {
  readonly session: ServedSession;
  /** The path and query of the request below the base URL. */
  readonly rest: string;
  /** Cancels requests that wait for a login. */
  readonly signal: AbortSignal;
  /** Responds to a request that failed before the vendor's response was passed on. */
  readonly fail: (error: unknown) => void;
}

/** Passes a request on to the vendor, and the vendor's response to the caller. */
export function forward(exchange: Exchange, forwarding: Forwarding): void {
  const { upstream } = forwarding.session;
  const known = upstream.known();
  // Synchronous if possible: most requests find the session signed in.
  if (known !== undefined) send(exchange, forwarding, known);
  else {
    upstream
      .find(forwarding.signal)
      .then((found) => send(exchange, forwarding, found))
      .catch(forwarding.fail);
  }
}

function send(
  { request, response, tunnel }: Exchange,
  { session, rest, signal, fail }: Forwarding,
  upstream: Upstream,
) {
  const { headers, method = "GET" } = request;
  const self = `http://${headers.host}${session.mount}`;
  const path = upstream.path + rest;
  const way = { self, upstream, path };
  const body = tunnel === undefined ? requestBody(request, isIdempotent(method)) : undefined;
  const handler: RelayHandler = relayResponse(request, response, way, fail);
  if (tunnel !== undefined) {
    handler.onRequestUpgrade = (
      controller: Dispatcher.DispatchController,
      status: number,
      _headers: IncomingHttpHeaders,
      vendor: Duplex,
    ) => {
      response.detachSocket(tunnel.client as Socket);
      // For the access log: the tunnel sends the headers itself.
      response.statusCode = status;
      openTunnel(tunnel.client, tunnel.head, status, rawHeadersOf(controller), vendor, way);
    };
  }
  const options: ForwardedRequest = {
    origin: upstream.origin,
    path,
    method: method as Dispatcher.HttpMethod,
    headers: Object.assign(requestHeaders(headers, self, upstream, session), contentLengthHeader(body, request)),
    body: body?.stream ?? null,
    ...(body === undefined ? {} : { wholeBody: body.whole }),
    signal,
    ...(tunnel === undefined ? {} : { upgrade: "websocket" }),
  };
  try {
    session.dispatcher.dispatch(options, handler);
  } catch (error) {
    handler.onResponseError(null as never, error as Error);
  }
}
