import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { isVmsError } from "@vms/core";
import { type AccessCheck, createAccessCheck } from "./access/access-check.ts";
import { hostInUrl, isWildcard } from "./access/bind-address.ts";
import { createCallerToken } from "./access/caller-token.ts";
import { type AccessLogEntry, trackExchanges } from "./access-log.ts";
import { checkOptions } from "./check-options.ts";
import { readLimits } from "./connections/connection-limits.ts";
import { createConnectionServer, type Exchange } from "./connections/connection-server.ts";
import { createEndpoints } from "./endpoints/create-endpoints.ts";
import { findRoute, type Route } from "./endpoints/find-route.ts";
import type { ProxyOptions } from "./options.ts";
import { forward } from "./requests/forward.ts";
import { errorResponse, PROGRAM_ERROR } from "./responses/error-response.ts";
import { type ProxyResponse, sendProxyResponse } from "./responses/proxy-response.ts";
import { type Served, servedSessions } from "./served-session.ts";

/** A proxy. */
export interface SessionProxy {
  /** Node's server, for its events. */
  readonly server: Server;
  /** The token that callers must send. `undefined` if they need none. */
  readonly token: string | undefined;
  /**
   * Starts to listen. The proxy sends nothing to a vendor before the first request of a caller.
   * @param where `host`: the address to listen on, default `127.0.0.1`. `port`: default 0, which selects a free port.
   * @returns the URL of the proxy.
   * @throws {Error} `Error` if it cannot listen there, with a code of Node such as `EADDRINUSE`.
   * @example
   * const url = await proxy.listen({ port: 8080 });
   */
  listen(where?: { readonly host?: string; readonly port?: number }): Promise<string>;
  /**
   * Closes the proxy and its connections, but not the sessions.
   * @param how `grace`: how long to wait for responses in progress, in ms, default 0. Meanwhile, new requests and `/ready` are
   * answered with 503. WebSockets are not waited for.
   * @example
   * await proxy.close({ grace: 5_000 });
   */
  close(how?: { readonly grace?: number }): Promise<void>;
}

/**
 * Creates an authenticating reverse proxy. Callers send requests without the vendor's credential. The proxy adds it, and
 * signs in again if the session has expired. If the vendor closes the connection before it responds, a `GET`, `HEAD`,
 * `OPTIONS`, `PUT` or `DELETE` is sent once more. Request trailers are dropped, because undici cannot send them.
 * @throws {InvalidOptions} `invalid_options` for an option that is missing, unknown or malformed, and if a session is not a
 * session of `@vms/core`. The message names the option.
 * @example
 * const proxy = createProxy({ sessions: { acme: session } });
 * console.log(await proxy.listen({ port: 8080 }), proxy.token);
 */
export function createProxy(options: ProxyOptions): SessionProxy {
  checkOptions(options);
  const { describeError = (_error, _name, response) => response, onFailure = () => {} } = options;
  const { endpoints: hasEndpoints = true, authorizationEndpoint = false, hosts = [], accessLog } = options;
  const served = servedSessions(options);
  const token = options.token === false ? undefined : createCallerToken(options.token);
  const ended = new AbortController();
  const routeOf = (target = "/") => findRoute(served, target, { endpoints: hasEndpoints, authorizationEndpoint });
  let checkAccess: (request: IncomingMessage, route: Route) => ProxyResponse | undefined = () => STARTING;
  let isStopping = false;

  const tracker = trackExchanges(sessionOf, token?.value, record);
  const connections = createConnectionServer(
    { begin: tracker.begin, check, isProtected: ({ url }) => routeOf(url).to !== "ready", handle },
    readLimits(options),
  );
  const { server } = connections;
  const endpoints = createEndpoints({
    served,
    server,
    token,
    signal: ended.signal,
    isStopping: () => isStopping,
    codeOf: (error, { name }) => (isVmsError(error) ? error.code : describeError(error, name, PROGRAM_ERROR).code),
    onFailure: (error, session) => void describe(error, session),
  });

  function describe(error: unknown, { name }: Served): ProxyResponse {
    const answer = describeError(error, name, errorResponse(error));
    onFailure(answer, name);
    return answer;
  }

  function sessionOf(target: string): string | undefined {
    const route = routeOf(target);
    return "session" in route ? route.session.name : undefined;
  }

  function record(entry: AccessLogEntry): void {
    endpoints.count(entry);
    try {
      accessLog?.(entry);
    } catch {
      // The log must not stop the proxy.
    }
  }

  function check(request: IncomingMessage): ProxyResponse | undefined {
    const route = routeOf(request.url);
    const refused = checkAccess(request, route);
    return refused ?? (isStopping && "session" in route ? STOPPING : undefined);
  }

  function handle(exchange: Exchange): void {
    const { request, response } = exchange;
    const route = routeOf(request.url);
    if (route.to === "nothing") return void sendProxyResponse(request, response, unknownSession(served));
    if (route.to === "ready" || route.to === "metrics") return void endpoints[route.to](request, response);
    const { session } = route;
    const fail = (error: unknown): void => {
      if (response.destroyed || response.headersSent) return void response.destroy();
      sendProxyResponse(request, response, describe(error, session));
    };
    if ("error" in session) fail(session.error);
    else if (route.to === "authorization") endpoints.authorization(request, response, session, fail);
    else forward(exchange, { session, rest: route.rest, signal: ended.signal, fail });
  }

  return {
    server,
    token: token?.value,
    async listen({ host = "127.0.0.1", port = 0 } = {}) {
      if (hasEndpoints) await endpoints.startMetrics();
      const used = await listen(server, port, host);
      const url = `http://${isWildcard(host) ? "127.0.0.1" : hostInUrl(host)}:${used}`;
      const access = { bind: host, port: used, hosts, url };
      const withToken: AccessCheck = createAccessCheck({ ...access, token });
      // Probes cannot keep a secret.
      const withoutToken = createAccessCheck({ ...access, token: undefined });
      checkAccess = (request, { to }) => (to === "ready" ? withoutToken : withToken)(request);
      return url;
    },
    async close({ grace = 0 } = {}) {
      isStopping = true;
      if (grace > 0) {
        server.closeIdleConnections();
        await Promise.race([tracker.idle(), delay(grace, undefined, { signal: ended.signal }).catch(() => {})]);
      }
      ended.abort(new Error("the proxy has ended"));
      const destroyed = served.map(async (one) => {
        if ("error" in one) return;
        one.upstream.close();
        await one.dispatcher.destroy();
      });
      await Promise.all([connections.close(), ...destroyed]);
      endpoints.close();
    },
  };
}

const STARTING: ProxyResponse = {
  status: 503,
  code: "starting",
  text: "the proxy is still starting. Try again.",
};

const STOPPING: ProxyResponse = {
  status: 503,
  code: "stopping",
  text: "the proxy is stopping. Try again.",
  headers: { connection: "close" },
};

function unknownSession(served: readonly Served[]): ProxyResponse {
  const known = served.map(({ mount }) => `${mount}/…`).join(", ");
  return { status: 404, code: "unknown_session", text: `no session is served at this path. Served: ${known}` };
}

/** How many connections may wait until they are accepted. Many callers may connect at once. */
const BACKLOG = 4_096;

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
