import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { generate } from "selfsigned";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { nodeFetch } from "../../../src/node.ts";
import { createSession } from "../../../src/session/create-session.ts";

interface Pair {
  readonly cert: string;
  readonly private: string;
}

const name = (cn: string) => [{ name: "commonName", value: cn }];
let ca: Pair;
let serverPair: Pair;
let clientPair: Pair;

// The test's own CA, with certificates for a server and a client.
beforeAll(async () => {
  ca = await generate(name("made-up CA"), {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true },
    ],
  });
  const under = { keyType: "ec", algorithm: "sha256", ca: { key: ca.private, cert: ca.cert } } as const;
  serverPair = await generate(name("127.0.0.1"), {
    ...under,
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  clientPair = await generate(name("client"), under);
});

const open: { close(): void; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  vi.restoreAllMocks();
});

async function vendor(options: { requestCert?: boolean } = {}) {
  let sockets = 0;
  const server: Server = createServer(
    { cert: serverPair.cert, key: serverPair.private, ca: ca.cert, rejectUnauthorized: true, ...options },
    (request, response) => {
      request.resume();
      response
        .setHeader("x-token", "made-up-token")
        .end(JSON.stringify({ authorization: request.headers.authorization }));
    },
  );
  server.on("secureConnection", () => sockets++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get sockets() {
      return sockets;
    },
  };
}

/** A proxy that records its tunnels. */
async function proxy() {
  const tunnels: (string | undefined)[] = [];
  const server = createHttpServer();
  server.on("connect", (request, client: Socket) => {
    tunnels.push(request.url);
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels };
}

function session(baseUrl: string, fetch: typeof globalThis.fetch) {
  return createSession(
    {
      vendor: "fake",
      baseUrl: new URL(baseUrl),
      async login(context) {
        const answer = await context.send("login", { json: await context.credentials() });
        return { data: answer.headers.get("x-token") ?? "", user: null };
      },
      authorize: ({ data }) => ({ headers: { authorization: data } }),
      parse: String,
    },
    { credentials: { username: "operator", password: "made-up-password" }, fetch, retry: { attempts: 1 } },
  );
}

test("a server under a private CA is trusted with `ca`, through session.fetch and session.http", async () => {
  const { url } = await vendor();
  for (const given of [ca.cert, Buffer.from(ca.cert), [ca.cert]]) {
    const live = session(url, nodeFetch({ ca: given }));
    expect(await (await live.fetch("zones")).json()).toEqual({ authorization: "made-up-token" });
    expect(await live.http.post("zones", { json: {} }).json()).toEqual({ authorization: "made-up-token" });
  }
});

test("without `ca`, the login fails and names the reason from TLS", async () => {
  const { url } = await vendor();
  const error = await session(url, nodeFetch())
    .login()
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "vendor_unavailable" });
  expect(String(error)).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED|UNABLE_TO_GET_ISSUER/);
});

test("a certificate for another host is rejected, with and without `ca`", async () => {
  const { url } = await vendor();
  const error = await session(url.replace("127.0.0.1", "localhost"), nodeFetch({ ca: ca.cert }))
    .login()
    .catch((thrown: unknown) => thrown);
  expect(String(error)).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
});

test("`insecureSkipVerify` works and prints a warning", async () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  const { url } = await vendor();
  const live = session(url, nodeFetch({ insecureSkipVerify: true }));
  expect((await live.fetch("zones")).status).toBe(200);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("is not checked"), {
    type: "SecurityWarning",
    code: "VMS_INSECURE_TLS",
  });
});

test("a vendor that requires a client certificate gets `cert` and `key`", async () => {
  const { url } = await vendor({ requestCert: true });
  const { cert, private: key } = clientPair;
  expect((await session(url, nodeFetch({ ca: ca.cert, cert, key })).fetch("zones")).status).toBe(200);
  await expect(session(url, nodeFetch({ ca: ca.cert })).login()).rejects.toMatchObject({ code: "vendor_unavailable" });
});

test("a proxy tunnels, and TLS is still checked against `ca`", async () => {
  const { url } = await vendor();
  const via = await proxy();
  const { host } = new URL(url);
  expect((await session(url, nodeFetch({ ca: ca.cert, proxy: via.url })).fetch("zones")).status).toBe(200);
  expect(via.tunnels).toContain(host);
  await expect(session(url, nodeFetch({ proxy: via.url })).login()).rejects.toMatchObject({
    code: "vendor_unavailable",
  });
});

test("a proxy that closes each tunnel makes the request fail after few retries", async () => {
  const { url } = await vendor();
  let tunnels = 0;
  const server = createHttpServer();
  server.on("connect", (_request, client: Socket) => {
    tunnels++;
    client.on("error", () => {});
    client.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  const via = `http://user:made-up-canary@127.0.0.1:${(server.address() as AddressInfo).port}`;
  const error = await session(url, nodeFetch({ ca: ca.cert, proxy: via }))
    .login()
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "vendor_unavailable", message: expect.stringContaining("ECONNRESET") });
  expect(tunnels).toBeLessThan(10);
  expect(String(error)).not.toContain("made-up-canary");
});

test("`connections` limits the open connections", async () => {
  const served = await vendor();
  const live = session(served.url, nodeFetch({ ca: ca.cert, connections: 2 }));
  const responses = await Promise.all(Array.from({ length: 20 }, () => live.fetch("zones").then((r) => r.text())));
  expect(responses).toHaveLength(20);
  expect(served.sockets).toBeLessThanOrEqual(2);
});

test.for([
  [{ cert: "x" }, "`cert` and `key`"],
  [{ key: "made-up-canary" }, "`cert` and `key`"],
  [{ proxy: "made-up-canary:8080" }, "`proxy`"],
  [{ proxy: "socks5://made-up-canary" }, "`proxy`"],
  [{ proxy: "http://made-up-canary:100%@proxy.example" }, "`proxy`"],
  [{ connections: 0 }, "`connections`"],
  [{ undici: {} as never }, "`undici`"],
  [{ undici: null as never }, "`undici`"],
  [{ connections: Number.NaN }, "`connections`"],
  [{ insecureSkipVerify: "yes" as unknown as boolean }, "`insecureSkipVerify`"],
] as const)("a bad option is invalid_options, naming it and not its value: %#", ([options, named]) => {
  const make = () => nodeFetch(options);
  expect(make).toThrow(expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(named) }));
  expect(make).not.toThrow(/made-up-canary/);
});
