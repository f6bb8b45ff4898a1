import { createServer, type Server } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Answer, firstHalf, hasNoBody, type Incoming } from "../exchange.ts";
import type { VendorServer } from "../vendor-server.ts";
import { checkHost } from "./loopback.ts";

export const defaultHost = "127.0.0.1";

/** Options of `serve`. */
export interface ServeOptions {
  /** The port. Default: a free port. */
  readonly port?: number | undefined;
  /** The host name or address to listen on. It must be loopback. Default: `"127.0.0.1"`. */
  readonly hostname?: string | undefined;
  /**
   * Whether `hostname` may be a host that is not loopback. Prints a warning, because anyone who reaches the port can sign
   * in. Default: `false`.
   */
  readonly allowNonLoopback?: boolean | undefined;
}

/** A vendor's server that listens on a port. */
export interface Served {
  /** The origin, for example `http://127.0.0.1:49152`. */
  readonly origin: string;
  /** The origin and the vendor's base path. */
  readonly baseUrl: string;
  /** The port. */
  readonly port: number;
  /**
   * Stops listening and breaks the open connections.
   * @example
   * await served.close();
   */
  close(): Promise<void>;
}

/**
 * Serves one vendor over HTTP.
 * @throws {Error} `Error` for a host that is not loopback, unless `allowNonLoopback` is set, or if the port is in use.
 * @example
 * const { baseUrl, close } = await serve(createAltaServer(), { port: 8080 });
 */
export async function serve(vendor: VendorServer, options: ServeOptions = {}): Promise<Served> {
  const { port = 0, hostname = defaultHost, allowNonLoopback } = options;
  checkHost(hostname, allowNonLoopback);
  return start(vendor, port, hostname);
}

/** Serves without checking the host. */
export async function start(vendor: VendorServer, port: number, hostname: string): Promise<Served> {
  const server = createServer((incoming, outgoing) => {
    const listener = getRequestListener((request) => pass(vendor, request, { incoming, outgoing }), {
      // Keep the platform's `Request` and `Response` for the tests in this process.
      overrideGlobalObjects: false,
    });
    void listener(incoming, outgoing);
  });
  const bound = await listen(server, port, hostname);
  const origin = `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${bound}`;
  return { origin, baseUrl: origin + vendor.basePath, port: bound, close: () => close(server) };
}

function listen(server: Server, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The callback receives an error if the server is already closed.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function pass(vendor: VendorServer, request: Request, { incoming, outgoing }: HttpBindings): Promise<Response> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  // The `Date` header is the simulator's, or is omitted.
  outgoing.sendDate = false;
  try {
    const answer = await vendor.receive(await readIncoming(request, gone.signal));
    if (answer === "dropped") {
      incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    }
    if (answer.ending === "whole") {
      const body = hasNoBody(answer.status) ? null : answer.body;
      return new Response(body, { status: answer.status, headers: answer.headers });
    }
    return sendHalf(answer, { incoming, outgoing });
  } catch (error) {
    if (gone.signal.aborted) return RESPONSE_ALREADY_SENT;
    throw error;
  }
}

async function readIncoming(request: Request, signal: AbortSignal): Promise<Incoming> {
  const { method, url } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return { method, url, headers: new Headers(request.headers), body, signal };
}

/** Announces the full body, sends half of it, and then drops or stalls the connection. */
function sendHalf({ status, headers, body, ending }: Answer, { incoming, outgoing }: HttpBindings): Response {
  outgoing.statusCode = status;
  for (const name of new Set(headers.keys())) {
    outgoing.setHeader(name, name === "set-cookie" ? headers.getSetCookie() : (headers.get(name) ?? ""));
  }
  outgoing.setHeader("content-length", Math.max(body.length, 1));
  outgoing.flushHeaders();
  outgoing.write(firstHalf(body), () => {
    if (ending === "drop") incoming.socket.destroy();
  });
  return RESPONSE_ALREADY_SENT;
}
