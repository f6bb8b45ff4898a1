import { createServer, type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type ProxyResponse, sendProxyResponse } from "../responses/proxy-response.ts";
import { opensWebSocket } from "../upstream/websocket-tunnel.ts";
import { closeSoon } from "./close-connection.ts";
import type { ConnectionLimits } from "./connection-limits.ts";
import { answerMalformed } from "./malformed-request.ts";
import { limitUnauthenticated } from "./unauthenticated-connections.ts";
import { trackUnfinishedResponses } from "./unfinished-responses.ts";

/** A request of a caller and the response to it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Present if the request opens a WebSocket: the connection, and what has arrived on it after the headers. */
  readonly tunnel?: { readonly client: Duplex; readonly head: Buffer };
}

/** What the server does with requests. */
export interface ExchangeHandler {
  /** Called for each request before it is checked. */
  begin(exchange: Exchange): void;
  /** Checks a request before any of it is read. Returns a response if the request is refused. */
  check(request: IncomingMessage): ProxyResponse | undefined;
  /** Whether a request that was not refused needs the token. If not, its connection stays limited. */
  isProtected(request: IncomingMessage): boolean;
  handle(exchange: Exchange): void;
}

/** A server with callers' connections. */
export interface ConnectionServer {
  readonly server: Server;
  /** Ends all connections immediately. */
  close(): Promise<void>;
}

/** Creates the server that callers connect to. */
export function createConnectionServer(
  { begin, check, isProtected, handle }: ExchangeHandler,
  limits: Required<ConnectionLimits>,
): ConnectionServer {
  const tunnels = new Set<Duplex>();
  const unfinished = trackUnfinishedResponses();
  const unauthenticated = limitUnauthenticated(limits, (socket) =>
    answerMalformed("ERR_HTTP_REQUEST_TIMEOUT", socket, unfinished.of(socket)),
  );
  const server = createServer({
    // Uploads may take any time.
    requestTimeout: 0,
    headersTimeout: limits.headersTimeout,
    connectionsCheckingInterval: Math.min(limits.headersTimeout, 1_000),
    keepAliveTimeout: 65_000,
    maxHeaderSize: 65_536,
    // The access check reports a missing header.
    requireHostHeader: false,
    shouldUpgradeCallback: opensWebSocket,
  });
  server.on("connection", (socket) => unauthenticated.add(socket));
  // Accepting failed: the process has too many open files.
  server.on("error", () => unauthenticated.closeAll());
  server.on("request", serve);
  server.on("checkContinue", (request, response) => serve(request, response, () => response.writeContinue()));
  server.on("checkExpectation", (request, response) => {
    begin({ request, response });
    if (!isRefused(request, response)) sendProxyResponse(request, response, EXPECTATION);
  });
  server.on("clientError", ({ code }: NodeJS.ErrnoException, socket) =>
    answerMalformed(code, socket as Socket, unfinished.of(socket)),
  );
  server.on("upgrade", upgrade);
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    if (!isBusy(socket)) serve(request, onSocket(request, ignoreErrors(socket)));
  });

  function serve(request: IncomingMessage, response: ServerResponse, sendContinue?: () => void): void {
    // Writing to a client that has just left fails.
    response.on("error", () => {});
    const earlier = [...unfinished.of(request.socket)].at(-1);
    unfinished.add(request.socket, response);
    begin({ request, response });
    response.once("finish", () => endEarly(request));
    if (isRefused(request, response)) return;
    const pass = () => {
      sendContinue?.();
      handle({ request, response });
    };
    // Requests of a client that does not wait have an order: one may change what the next one reads.
    if (earlier === undefined) pass();
    else earlier.once("finish", pass);
  }

  // Closes the connection if the client switches protocols before it has received an earlier response.
  function isBusy(socket: Duplex): boolean {
    if (unfinished.of(socket).size === 0) return false;
    ignoreErrors(socket).destroy();
    return true;
  }

  function upgrade(request: IncomingMessage, client: Duplex, head: Buffer): void {
    if (isBusy(client)) return;
    tunnels.add(ignoreErrors(client));
    client.once("close", () => tunnels.delete(client));
    const response = onSocket(request, client);
    begin({ request, response, tunnel: { client, head } });
    // Recent versions of Node treat an upgrade to another protocol as an ordinary request, and do not emit `upgrade`.
    if (!opensWebSocket(request)) sendProxyResponse(request, response, ONLY_WEBSOCKETS);
    else if (!isRefused(request, response)) handle({ request, response, tunnel: { client, head } });
  }

  function isRefused(request: IncomingMessage, response: ServerResponse): boolean {
    const refused = check(request);
    if (refused !== undefined) sendProxyResponse(request, response, refused);
    else if (isProtected(request)) unauthenticated.accept(request.socket);
    return refused !== undefined;
  }

  return {
    server,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      for (const client of tunnels) client.destroy();
      await closed;
    },
  };
}

const EXPECTATION: ProxyResponse = {
  status: 417,
  code: "expectation",
  text: "the only supported value of Expect is 100-continue. Leave the header out.",
};

const ONLY_WEBSOCKETS: ProxyResponse = {
  status: 501,
  code: "upgrade",
  text: "the only supported upgrade is to a WebSocket. With curl, add --http1.1.",
};

// Nobody reads the rest of such an upload, so nobody would notice that the connection has closed.
function endEarly({ complete, socket }: IncomingMessage): void {
  if (!complete) closeSoon(socket);
}

/** Creates a response on a socket that Node's server has released. */
function onSocket(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request).on("error", () => {});
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  socket.on("drain", () => response.emit("drain"));
  response.once("finish", () => closeSoon(socket));
  return response;
}

function ignoreErrors<S extends Duplex>(socket: S): S {
  return socket.on("error", () => {});
}
