import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Exchange } from "./connections/connection-server.ts";

/** A request that has ended. Contains no header, no query and no token. */
export interface AccessLogEntry {
  /** When the request arrived, in ms since the epoch. */
  readonly time: number;
  /** The address of the caller. `undefined` if the caller had already left. */
  readonly remote: string | undefined;
  /** The name of the session. `undefined` if the request was for no session. */
  readonly session: string | undefined;
  readonly method: string;
  /** The path as the caller sent it, without the query. Empty if the request named no path. */
  readonly path: string;
  /** The status that the caller received. 101: a WebSocket. 499: the caller left before the response. */
  readonly status: number;
  /** Whether the whole response was sent. */
  readonly complete: boolean;
  /** The bytes sent to the caller, headers included. */
  readonly bytes: number;
  /** The time from the request to the end of the response or WebSocket, in ms. */
  readonly duration: number;
  /** Why the proxy itself responded instead of the vendor, as in the header `vms-proxy-error`. */
  readonly code: string | undefined;
}

/** Follows requests to their end. */
export interface ExchangeTracker {
  /** Call it for each request before the response. */
  begin(exchange: Exchange): void;
  /** Resolves when no request is in progress. WebSockets do not count, because they can stay open for any time. */
  idle(): Promise<void>;
}

/**
 * Creates a tracker.
 * @param token removed from paths, because a caller may have escaped the `?` before it.
 */
export function trackExchanges(
  sessionOf: (target: string) => string | undefined,
  token: string | undefined,
  ended: (entry: AccessLogEntry) => void,
): ExchangeTracker {
  const open = new Set<IncomingMessage>();
  /** The bytes of each connection that belong to earlier responses. */
  const counted = new WeakMap<Duplex, number>();
  let whenIdle: (() => void) | undefined;

  return {
    begin({ request, response, tunnel }) {
      const { socket, method = "", url: target = "" } = request;
      const { remoteAddress: remote } = socket;
      const time = Date.now();
      const start = performance.now();
      const end = () => {
        open.delete(request);
        if (open.size === 0) whenIdle?.();
        const { bytesWritten } = socket;
        const bytes = bytesWritten - (counted.get(socket) ?? 0);
        counted.set(socket, bytesWritten);
        const status = statusOf(response);
        ended({
          time,
          remote,
          session: sessionOf(target),
          method,
          path: pathOf(target, token),
          status,
          complete: status === 101 || response.writableFinished,
          bytes,
          duration: performance.now() - start,
          code: response.getHeader("vms-proxy-error")?.toString(),
        });
      };
      if (tunnel === undefined) {
        open.add(request);
        response.once("close", end);
      } else tunnel.client.once("close", end);
    },

    idle() {
      if (open.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        whenIdle = resolve;
      });
    },
  };
}

function statusOf({ headersSent, statusCode }: ServerResponse): number {
  return headersSent || statusCode === 101 ? statusCode : 499;
}

function pathOf(target: string, token: string | undefined): string {
  // The target of a proxy request can contain a password.
  if (!target.startsWith("/")) return "";
  const path = target.replace(/[?#].*$/s, "");
  return token === undefined ? path : path.replaceAll(token, "…");
}
