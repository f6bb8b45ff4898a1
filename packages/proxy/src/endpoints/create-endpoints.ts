import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type CallerToken, hasToken } from "../access/caller-token.ts";
import type { AccessLogEntry } from "../access-log.ts";
import { type ProxyResponse, sendBody, sendProxyResponse } from "../responses/proxy-response.ts";
import type { Served, ServedSession } from "../served-session.ts";
import { refuseAuthorization, sendAuthorization } from "./authorization.ts";
import { createMetrics, type ProxyMetrics } from "./metrics.ts";
import { type CodeOf, followReadiness } from "./readiness.ts";

/** The parts of the proxy that the endpoints use. */
export interface EndpointContext {
  readonly served: readonly Served[];
  readonly server: Server;
  readonly token: CallerToken | undefined;
  /** Aborts when the proxy ends. */
  readonly signal: AbortSignal;
  isStopping(): boolean;
  readonly codeOf: CodeOf;
  /** Reports an error that no caller receives. */
  onFailure(error: unknown, served: Served): void;
}

/** The proxy's own endpoints. */
export interface Endpoints {
  ready(request: IncomingMessage, response: ServerResponse): void;
  metrics(request: IncomingMessage, response: ServerResponse): void;
  authorization(
    request: IncomingMessage,
    response: ServerResponse,
    session: ServedSession,
    fail: (error: unknown) => void,
  ): void;
  /** Starts to count. Until then `count` does nothing. */
  startMetrics(): Promise<void>;
  count(entry: AccessLogEntry): void;
  close(): void;
}

/** Creates the endpoints. */
export function createEndpoints(context: EndpointContext): Endpoints {
  const { served, server, token, signal, isStopping, codeOf, onFailure } = context;
  const readiness = followReadiness(served, signal, codeOf, onFailure);
  let starting: Promise<void> | undefined;
  let metrics: ProxyMetrics | undefined;

  return {
    ready(request, response) {
      if (isWrite(request)) return sendProxyResponse(request, response, READ_ONLY);
      // Before the check, which starts logins.
      const sessions = readiness.statuses();
      const ready = !isStopping() && readiness.check();
      const status = ready ? 200 : 503;
      if (token !== undefined && !hasToken(request.headers, token)) {
        return sendBody(request, response, status, ready ? "ready\n" : "not ready\n", CLOSE);
      }
      const body = { ready, sessions };
      sendBody(request, response, status, `${JSON.stringify(body)}\n`, { "content-type": "application/json" });
    },

    metrics(request, response) {
      if (isWrite(request)) return sendProxyResponse(request, response, READ_ONLY);
      metrics?.text().then(
        ({ body, type }) => sendBody(request, response, 200, body, { "content-type": type }),
        () => response.destroy(),
      );
    },

    authorization(request, response, session, fail) {
      const refused = refuseAuthorization(request, token);
      if (refused !== undefined) return sendProxyResponse(request, response, refused);
      sendAuthorization(request, response, session, signal).catch(fail);
    },

    startMetrics() {
      starting ??= createMetrics(served, server, readiness.isReady, codeOf).then((created) => {
        metrics = created;
      });
      return starting;
    },
    count: (entry) => metrics?.count(entry),
    close() {
      readiness.close();
      metrics?.close();
    },
  };
}

/** Otherwise callers without the token could keep any number of connections open. */
const CLOSE = { connection: "close" };

function isWrite({ method }: IncomingMessage): boolean {
  return method !== "GET" && method !== "HEAD";
}

const READ_ONLY: ProxyResponse = {
  status: 405,
  code: "method_not_allowed",
  text: "this path belongs to the proxy and can be read only with GET.",
  headers: { allow: "GET, HEAD", ...CLOSE },
};
