import { once } from "node:events";
import { createServer, request } from "node:http";
import { connect } from "node:net";

/** An HTTP proxy on this machine. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** The hosts that it was asked for, oldest first. */
  readonly targets: readonly string[];
  /** How many requests it has passed on, in tunnels too. */
  requests(): number;
}

/** Serves a proxy that knows both ways: a tunnel by CONNECT, and a request with a whole URL. */
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
      // Each of these requests fits into one packet, and begins one.
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
