import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { Session } from "../../src/contract/session.ts";
import { createSession } from "../../src/session/create-session.ts";

/** A made-up vendor on a socket. A login returns a numbered token, and calls need the latest. */
export interface ServedVendor {
  readonly baseUrl: string;
  logins: number;
  /** The requests that arrived, without logins. */
  readonly calls: {
    readonly method: string;
    readonly url: string;
    readonly body: string;
    readonly headers: IncomingMessage["headers"];
  }[];
  live: string | undefined;
  /** Responds to the next call in place of the vendor. */
  next(answer: (response: ServerResponse) => void): void;
  session(flow?: Partial<Flow<string, null>>): Session<null>;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

export async function servedVendor(): Promise<ServedVendor> {
  const queue: ((response: ServerResponse) => void)[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url = "", headers } = request;
    if (url === "/login") {
      vendor.logins++;
      vendor.live = `token-${vendor.logins}`;
      response.setHeader("x-token", vendor.live).end("{}");
      return;
    }
    vendor.calls.push({ method, url, body, headers });
    const scripted = queue.shift();
    if (scripted !== undefined) return scripted(response);
    const token = headers.authorization ?? new URL(url, "http://x").searchParams.get("A");
    const good = vendor.live !== undefined && token === vendor.live;
    response.statusCode = good ? 200 : 401;
    response.setHeader("content-type", "application/json").end(JSON.stringify({ good }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const vendor: ServedVendor = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    logins: 0,
    calls: [],
    live: undefined,
    next: (answer) => void queue.push(answer),
    session: (flow = {}) =>
      createSession(
        {
          vendor: "fake",
          baseUrl: new URL(vendor.baseUrl),
          async login(context) {
            const answer = await context.send("login", { json: await context.credentials() });
            return { data: answer.headers.get("x-token") ?? "", user: null };
          },
          authorize: ({ data }) => ({ headers: { authorization: data } }),
          parse: String,
          ...flow,
        },
        { credentials: { username: "operator", password: "made-up-password" } },
      ),
  };
  return vendor;
}
