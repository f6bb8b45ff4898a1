import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type AltaOptions, type AltaServer, createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { onTestFinished } from "vitest";

/** A request that arrived at the vendor. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

/** The simulator's Alta behind a server of the test, which answers what the simulator cannot: streams, redirects. */
export interface Vendor {
  readonly baseUrl: string;
  readonly simulator: AltaServer;
  readonly server: Server;
  /** The requests answered by routes, oldest first. */
  readonly seen: Seen[];
  /** Whether a request has the cookie of a valid session. */
  knows(request: IncomingMessage): Promise<boolean>;
  /** Adds a route for requests with a valid session. */
  on(path: string, answer: (request: IncomingMessage, response: ServerResponse) => void): void;
}

/** Serves a vendor on a free port. */
export async function vendor(
  options: AltaOptions = {},
  tls?: { readonly cert: string; readonly key: string },
): Promise<Vendor> {
  const simulator = createAltaServer(options);
  const behind = await serve(simulator);
  const routes = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
  const seen: Seen[] = [];
  const knows = async ({ headers: { cookie = "" } }: IncomingMessage) =>
    (await fetch(`${behind.baseUrl}/api/v1/alarmZones`, { headers: { cookie, "user-agent": "test" } })).ok;

  const listener: RequestListener = (request, response) => {
    // A client that leaves early is not a failure of the test.
    answer(request, response).catch(() => response.destroy());
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url = "", headers } = request;
    const route = routes.get(url.split("?")[0] ?? "");
    if (route === undefined) return passOn(request, response, behind.baseUrl);
    seen.push({ method, url, headers });
    if (await knows(request)) return route(request, response);
    // Reads the body before refusing it, as most servers do.
    for await (const _ of request);
    response.writeHead(401, { "content-type": "application/json" }).end('{"error":"no session"}');
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await behind.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http${tls === undefined ? "" : "s"}://127.0.0.1:${port}`,
    simulator,
    server,
    seen,
    knows,
    on: (path, answer) => void routes.set(path, answer),
  };
}

async function passOn(request: IncomingMessage, response: ServerResponse, baseUrl: string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "GET", url = "", headers } = request;
  const { host: _, connection: __, "transfer-encoding": ___, ...rest } = headers as Record<string, string>;
  const body = chunks.length === 0 ? null : Buffer.concat(chunks);
  const answer = await fetch(baseUrl + url, { method, headers: rest, body, redirect: "manual" }).catch(() => undefined);
  if (answer === undefined) return void response.destroy();
  const lines = [...answer.headers].flat();
  response.writeHead(answer.status, lines).end(Buffer.from(await answer.arrayBuffer()));
}
