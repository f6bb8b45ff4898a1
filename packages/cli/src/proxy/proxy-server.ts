import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Session } from "@vms/core";
import type { Dispatcher } from "undici";
import type { ErrorContext } from "../error-messages/error-context.ts";
import { type AccessCheck, createAccessCheck } from "./access-check.ts";
import { hostInUrl, isWildcard } from "./bind-address.ts";
import type { CallerToken } from "./caller-token.ts";
import { errorResponse } from "./error-response.ts";
import { answerMalformed } from "./malformed-request.ts";
import { type ProxyResponse, sendProxyResponse } from "./proxy-response.ts";
import { rawHeadersOf, relayResponse } from "./relay-response.ts";
import { contentLengthHeader, type RequestBody, requestBody } from "./request-body.ts";
import { type HeaderRules, requestHeaders } from "./request-headers.ts";
import { trackUnfinishedResponses } from "./unfinished-responses.ts";
import { followUpstream, type Upstream } from "./upstream.ts";
import { opensWebSocket, openTunnel } from "./websocket-tunnel.ts";

export interface ProxyOptions extends HeaderRules {
  readonly session: Session;
  /** Adds the session's credential. Closed together with the proxy. */
  readonly dispatcher: Dispatcher;
  /** The profile served, for messages. */
  readonly context: ErrorContext;
  readonly token: CallerToken | undefined;
  /** The address to listen on. */
  readonly bind: string;
  /** 0 means a free port. */
  readonly port: number;
  /** Called with the text that a client receives instead of the vendor's response. */
  readonly onFailure: (text: string) => void;
}

export interface RunningProxy {
  readonly url: string;
  /** Ends the proxy and its connections immediately. */
  close(): Promise<void>;
}

/** Starts a proxy. Nothing is sent to the vendor before the first request of a client. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { session, dispatcher, context, bind } = options;
  const upstreams = followUpstream(session);
  const ended = new AbortController();
  const tunnels = new Set<Duplex>();
  const unfinished = trackUnfinishedResponses();
  let checkAccess: AccessCheck = () => ({
    status: 503,
    code: "starting",
    text: "the proxy is still starting. Try again.",
  });

  const server = createServer({
    // Uploads may take any time.
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 65_536,
    // The access check reports a missing header.
    requireHostHeader: false,
    shouldUpgradeCallback: opensWebSocket,
  });
  server.on("request", (request, response) => serve(request, response));
  server.on("checkContinue", (request, response) => serve(request, response, () => response.writeContinue()));
  server.on("checkExpectation", (request, response) => {
    if (!isRefused(request, response)) sendProxyResponse(request, response, EXPECTATION);
  });
  server.on("clientError", (error, socket) => answerMalformed(error, socket, unfinished.of(socket)));
  server.on("upgrade", upgrade);
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    if (isBusy(socket)) return;
    serve(
      request,
      onSocket(
        request,
        socket.on("error", () => {}),
      ),
    );
  });

  function serve(request: IncomingMessage, response: ServerResponse, sendContinue?: () => void): void {
    // Ignores errors of writing to a client that has just left.
    response.on("error", () => {});
    unfinished.add(request.socket, response);
    response.once("finish", () => endEarly(request));
    if (isRefused(request, response)) return;
    sendContinue?.();
    withUpstream(request, response, (upstream) => {
      const { sent, way } = prepare(request, upstream, requestBody(request));
      const onFailure = (error: unknown) => fail(request, response, error);
      dispatch(sent, relayResponse(request, response, way, onFailure));
    });
  }

  // Closes the connection of a client that reuses it for another purpose before it has received an earlier response.
  function isBusy(socket: Duplex): boolean {
    if (unfinished.of(socket).size === 0) return false;
    socket.on("error", () => {}).destroy();
    return true;
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (isBusy(socket)) return;
    tunnels.add(socket.on("error", () => {}));
    socket.once("close", () => tunnels.delete(socket));
    const response = onSocket(request, socket);
    if (!opensWebSocket(request)) {
      // Recent versions of Node treat such a request as an ordinary one and do not get here.
      sendProxyResponse(request, response, {
        status: 501,
        code: "upgrade",
        text: "only WebSockets are passed on. curl: --http1.1",
      });
      return;
    }
    if (isRefused(request, response)) return;
    withUpstream(request, response, (upstream) => {
      const { sent, way } = prepare(request, upstream, null);
      const onFailure = (error: unknown) => fail(request, response, error);
      const handler = {
        ...relayResponse(request, response, way, onFailure),
        onRequestUpgrade(
          controller: Dispatcher.DispatchController,
          status: number,
          _headers: IncomingHttpHeaders,
          vendor: Duplex,
        ) {
          response.detachSocket(socket as Socket);
          openTunnel(socket, head, status, rawHeadersOf(controller), vendor, way);
        },
      };
      dispatch({ ...sent, upgrade: "websocket" }, handler);
    });
  }

  function isRefused(request: IncomingMessage, response: ServerResponse): boolean {
    const refused = checkAccess(request);
    if (refused !== undefined) sendProxyResponse(request, response, refused);
    return refused !== undefined;
  }

  // Synchronous if possible: most requests find the session signed in.
  function withUpstream(request: IncomingMessage, response: ServerResponse, go: (upstream: Upstream) => void): void {
    const upstream = upstreams.known();
    if (upstream !== undefined) go(upstream);
    else {
      upstreams
        .find(ended.signal)
        .then(go)
        .catch((error: unknown) => fail(request, response, error));
    }
  }

  function prepare(request: IncomingMessage, upstream: Upstream, body: RequestBody) {
    const { headers, method = "GET", url = "/" } = request;
    const self = `http://${headers.host}`;
    const path = upstream.path + url;
    const sent = {
      origin: upstream.origin,
      path,
      method: method as Dispatcher.HttpMethod,
      headers: Object.assign(requestHeaders(headers, self, upstream, options), contentLengthHeader(body, request)),
      body: body as Dispatcher.DispatchOptions["body"] & object,
      // Cancels requests that wait for a login when the proxy ends.
      signal: ended.signal,
    };
    return { sent, way: { self, upstream, path } };
  }

  function dispatch(sent: Dispatcher.DispatchOptions, handler: ReturnType<typeof relayResponse>): void {
    try {
      dispatcher.dispatch(sent, handler);
    } catch (error) {
      handler.onResponseError(null as never, error as Error);
    }
  }

  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.destroyed || response.headersSent) return void response.destroy();
    const answer = errorResponse(error, context);
    options.onFailure(answer.text);
    sendProxyResponse(request, response, answer);
  }

  const port = await listen(server, options.port, bind);
  const url = `http://${isWildcard(bind) ? "127.0.0.1" : hostInUrl(bind)}:${port}`;
  checkAccess = createAccessCheck({ bind, port, url, token: options.token });
  return {
    url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      ended.abort(new Error("the proxy has ended"));
      server.closeAllConnections();
      for (const socket of tunnels) socket.destroy();
      await Promise.all([closed, dispatcher.destroy()]);
    },
  };
}

const EXPECTATION: ProxyResponse = {
  status: 417,
  code: "expectation",
  text: "the only supported Expect is 100-continue. Leave the header out.",
};

/** How long a client may read a response that came before the end of its upload, in ms. */
const LINGER = 1_000;

// Nobody reads the rest of such an upload, so the end of the connection would go unnoticed.
function endEarly({ complete, socket }: IncomingMessage): void {
  if (complete || socket.destroyed) return;
  socket.end();
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once("close", () => clearTimeout(timer));
}

/** Creates a response on a socket that Node's server has released. */
function onSocket(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request).on("error", () => {});
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  socket.on("drain", () => response.emit("drain"));
  response.once("finish", () => socket.end());
  return response;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
