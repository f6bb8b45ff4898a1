import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AccessCheck, createAccessCheck } from "./access/access-check.ts";
import { hostInUrl, isWildcard } from "./access/bind-address.ts";
import { createCallerToken } from "./access/caller-token.ts";
import { createConnectionServer, type Exchange } from "./connections/connection-server.ts";
import type { ProxyOptions } from "./options.ts";
import { forward } from "./requests/forward.ts";
import { errorResponse } from "./responses/error-response.ts";
import { type ProxyResponse, sendProxyResponse } from "./responses/proxy-response.ts";
import { findSession, type ServedSession, servedSessions } from "./served-session.ts";

/** A proxy. */
export interface SessionProxy {
  /** Node's server, for its events. */
  readonly server: Server;
  /** What callers must send; `undefined` if they need no token. */
  readonly token: string | undefined;
  /**
   * Starts to listen. Nothing is sent to a vendor before the first request of a caller.
   * @param where `host`: the address to listen on; default `127.0.0.1`. `port`: default 0, a free one.
   * @returns the URL of the proxy.
   */
  listen(where?: { readonly host?: string; readonly port?: number }): Promise<string>;
  /** Ends the proxy and its connections immediately. The sessions are not closed. */
  close(): Promise<void>;
}

/**
 * Creates an authenticating reverse proxy. Callers send requests without the vendor's credential; the proxy adds it, and
 * signs in again if the session has expired.
 * @throws {TypeError} `TypeError` if a session is not a session of `@vms/core`.
 * @example
 * const proxy = createProxy({ sessions: { acme: session } });
 * console.log(await proxy.listen({ port: 8080 }), proxy.token);
 */
export function createProxy(options: ProxyOptions): SessionProxy {
  const { describeError = (_error, _name, response) => response, onFailure = () => {} } = options;
  const served = servedSessions(options);
  const token = options.token === false ? undefined : createCallerToken(options.token);
  const ended = new AbortController();
  let checkAccess: AccessCheck = () => STARTING;

  const connections = createConnectionServer({ check: (request) => checkAccess(request), handle });
  const { server } = connections;

  function handle(exchange: Exchange): void {
    const { request, response } = exchange;
    const route = findSession(served, request.url ?? "/");
    if (route === undefined) {
      sendProxyResponse(request, response, unknownSession(served));
      return;
    }
    const { found: session, rest } = route;
    const fail = (error: unknown): void => {
      if (response.destroyed || response.headersSent) return void response.destroy();
      const answer = describeError(error, session.name, errorResponse(error));
      onFailure(answer, session.name);
      sendProxyResponse(request, response, answer);
    };
    forward(exchange, { session, rest, signal: ended.signal, fail });
  }

  return {
    server,
    token: token?.value,
    async listen({ host = "127.0.0.1", port = 0 } = {}) {
      const used = await listen(server, port, host);
      const url = `http://${isWildcard(host) ? "127.0.0.1" : hostInUrl(host)}:${used}`;
      checkAccess = createAccessCheck({ bind: host, port: used, url, token });
      return url;
    },
    async close() {
      ended.abort(new Error("the proxy has ended"));
      await Promise.all([connections.close(), ...served.map(({ dispatcher }) => dispatcher.destroy())]);
    },
  };
}

const STARTING: ProxyResponse = {
  status: 503,
  code: "starting",
  text: "the proxy is still starting. Try again.",
};

function unknownSession(served: readonly ServedSession[]): ProxyResponse {
  const known = served.map(({ mount }) => `${mount}/…`).join(", ");
  return { status: 404, code: "unknown_session", text: `no session is served at this path. Served: ${known}` };
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
