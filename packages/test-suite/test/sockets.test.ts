import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { test } from "vitest";
import { type ContractServer, flowContract } from "../src/index.ts";
import { acme, acmeServer, acmeStated } from "./acme.ts";

/** The made-up vendor on a socket, which sessions reach with the global `fetch`. */
async function served(): Promise<ContractServer> {
  const { fetch: _, baseUrl: inside, ...rest } = acmeServer();
  const server = acmeServer();
  const sockets = createServer(async (request, response) => {
    const { method = "GET", url = "/" } = request;
    const body = await buffer(request);
    const headers = new Headers(request.headers as Record<string, string>);
    const answer = await server.fetch?.(new URL(url, inside), { method, headers, body: body.length > 0 ? body : null });
    response.writeHead(answer?.status ?? 500, Object.fromEntries(answer?.headers ?? []));
    response.end(await answer?.text());
  });
  await new Promise<void>((resolve) => sockets.listen(0, "127.0.0.1", resolve));
  return {
    account: rest.account,
    firstCall: rest.firstCall,
    baseUrl: `http://127.0.0.1:${(sockets.address() as AddressInfo).port}/api`,
    revokeAll: () => server.revokeAll(),
    get logins() {
      return server.logins;
    },
    close() {
      sockets.closeAllConnections();
      sockets.close();
    },
  };
}

// Without the optional members: no vendor, no attempts, no sessions.
flowContract(test, acme(), served, acmeStated);
