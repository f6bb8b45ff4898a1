import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { type AltaOptions, createAltaSession } from "@vms/alta";
import type { Session } from "@vms/core";
import { type AltaServer, createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { onTestFinished } from "vitest";
import { createProxy, type ProxyOptions, type SessionProxy } from "../src/index.ts";

/** Answers a request instead of the simulator. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void;

/** The simulator's Alta behind a server with routes of the test. */
export interface FrontedVendor {
  readonly simulator: AltaServer;
  readonly baseUrl: string;
  readonly server: Server;
}

/** Serves Alta, with routes for what the simulator does not have. */
export async function servedVendor(routes: Readonly<Record<string, Route>> = {}): Promise<FrontedVendor> {
  const simulator = createAltaServer();
  const behind = await serve(simulator);
  const server = createServer((incoming, outgoing) => {
    const { method = "GET", url = "", headers } = incoming;
    const route = routes[url.split("?")[0] ?? ""];
    if (route !== undefined) return route(incoming, outgoing);
    const onward = request(new URL(url, behind.baseUrl), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      pipeline(answer, outgoing, () => {});
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await behind.close();
  });
  return { simulator, server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A session at a vendor. It is closed after the test. */
export function sessionAt({ simulator, baseUrl }: FrontedVendor, options: Partial<AltaOptions> = {}): Session {
  const { username, password } = simulator.account;
  const session = createAltaSession({ baseUrl, credentials: { username, password }, ...options });
  onTestFinished(() => session.close());
  return session;
}

/** The options of a session with a password that the vendor refuses. */
export const WRONG_PASSWORD: Partial<AltaOptions> = {
  credentials: { username: "ops@acme.example", password: "made-up-wrong-password" },
};

/** A running proxy. */
export interface ListeningProxy {
  readonly proxy: SessionProxy;
  readonly url: string;
  readonly port: number;
  /** The header that callers send. */
  readonly bearer: { readonly authorization: string };
  /** Calls a path with the token, without following redirects. */
  call(path: string, init?: RequestInit): Promise<Response>;
}

/** Starts a proxy. It is closed after the test. */
export async function listening(options: ProxyOptions): Promise<ListeningProxy> {
  const proxy = createProxy(options);
  onTestFinished(() => proxy.close());
  const url = await proxy.listen();
  const bearer = { authorization: `Bearer ${proxy.token}` };
  return {
    proxy,
    url,
    port: Number(new URL(url).port),
    bearer,
    call: (path, init = {}) =>
      fetch(url + path, { redirect: "manual", ...init, headers: { ...bearer, ...init.headers } }),
  };
}

/** Sends a request with headers that `fetch` does not let callers set. */
export async function rawCall(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = "GET",
): Promise<{ readonly status: number; readonly headers: IncomingMessage["headers"]; readonly text: string }> {
  const sent = request({ port, host: "127.0.0.1", path, method, headers, agent: false }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
