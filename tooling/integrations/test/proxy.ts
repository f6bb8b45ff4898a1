import { once } from "node:events";
import { createServer, request } from "node:http";
import { connect } from "node:net";

export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** The requested hosts, oldest first. */
  readonly targets: readonly string[];
  /** The number of forwarded requests, including those in tunnels. */
  requests(): number;
}

/** Serves an HTTP proxy that supports CONNECT tunnels and requests with an absolute URL. */
export async function serveProxy(): Promise<Proxy> {
  const targets: string[] = [];
  const passed = { requests: 0 };
  const server = createServer((incoming, outgoing) => {
    const { host } = new URL(incoming.url ?? "");
    targets.push(host);
    passed.requests += 1;
    const onward = request(incoming.url ?? "", { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on("connect", ({ url = "" }, client) => {
    targets.push(url);
    const { hostname, port } = new URL(`http://${url}`);
    const vendor = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      // Each request of these tests starts a packet and fits into it.
      client.on("data", (data: Buffer) => {
        if (/^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(data.toString("latin1"))) passed.requests += 1;
      });
      client.pipe(vendor).pipe(client);
    });
    client.on("error", () => vendor.destroy());
    vendor.on("error", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : ""}`,
    targets,
    requests: () => passed.requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
