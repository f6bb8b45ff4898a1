import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { isProxyExcluded } from "../../../src/node/node-fetch/environment-proxy.ts";
import { nodeFetch } from "../../../src/node.ts";

const VARIABLES = [
  "http_proxy",
  "HTTP_PROXY",
  "https_proxy",
  "HTTPS_PROXY",
  "all_proxy",
  "ALL_PROXY",
  "no_proxy",
  "NO_PROXY",
];
const open: { close(): void; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  vi.unstubAllEnvs();
});

function environment(variables: Readonly<Record<string, string>>): void {
  for (const name of VARIABLES) vi.stubEnv(name, variables[name]);
}

async function listen(listener?: RequestListener) {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return { server, port: (server.address() as AddressInfo).port };
}

/** A vendor, and a proxy that records its tunnels. */
async function world() {
  const vendor = await listen((_request, response) => response.end("vendor"));
  const tunnels: (string | undefined)[] = [];
  const proxy = await listen();
  proxy.server.on("connect", (request, client: Socket) => {
    tunnels.push(request.url);
    const upstream = connect(vendor.port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on("error", () => {});
  });
  return { url: `http://127.0.0.1:${vendor.port}/`, proxy: `http://127.0.0.1:${proxy.port}`, tunnels };
}

test.each(["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])("`envProxy` uses the proxy in %s", async (name) => {
  const { url, proxy, tunnels } = await world();
  environment({ [name]: proxy });
  expect(await (await nodeFetch({ envProxy: true })(url)).text()).toBe("vendor");
  expect(tunnels).toEqual([new URL(url).host]);
});

test("without `envProxy`, the proxies of the environment are not used", async () => {
  const { url, proxy, tunnels } = await world();
  environment({ http_proxy: proxy, all_proxy: proxy });
  expect(await (await nodeFetch()(url)).text()).toBe("vendor");
  expect(tunnels).toEqual([]);
});

test("a proxy for https only is not used for http", async () => {
  const { url, proxy, tunnels } = await world();
  environment({ https_proxy: proxy });
  expect(await (await nodeFetch({ envProxy: true })(url)).text()).toBe("vendor");
  expect(tunnels).toEqual([]);
});

test("a proxy without a scheme is an HTTP proxy", async () => {
  const { url, proxy, tunnels } = await world();
  environment({ HTTP_PROXY: proxy.replace("http://", "") });
  await (await nodeFetch({ envProxy: true })(url)).text();
  expect(tunnels).toHaveLength(1);
});

test("`proxy` has priority over the environment, and lower-case names over upper-case names", async () => {
  const { url, proxy, tunnels } = await world();
  environment({ http_proxy: "http://127.0.0.1:9", HTTP_PROXY: proxy });
  await (await nodeFetch({ envProxy: true, proxy })(url)).text();
  expect(tunnels).toHaveLength(1);
  environment({ http_proxy: proxy, HTTP_PROXY: "http://127.0.0.1:9" });
  await (await nodeFetch({ envProxy: true })(url)).text();
  expect(tunnels).toHaveLength(2);
});

test("hosts in NO_PROXY and in `noProxy` are reached directly", async () => {
  const { url, proxy, tunnels } = await world();
  environment({ http_proxy: proxy, NO_PROXY: "127.0.0.1" });
  await (await nodeFetch({ envProxy: true })(url)).text();
  await (await nodeFetch({ proxy, noProxy: "*" })(url)).text();
  expect(tunnels).toEqual([]);
  await (await nodeFetch({ envProxy: true, noProxy: "" })(url)).text();
  expect(tunnels).toHaveLength(1);
});

test.each([["socks5://made-up-canary:1080"], ["http://made-up-canary:100%@proxy.example"]])(
  "a variable that is not the URL of an HTTP proxy is invalid_options, without its value: %#",
  (value) => {
    environment({ ALL_PROXY: value });
    const make = () => nodeFetch({ envProxy: true });
    expect(make).toThrow(
      expect.objectContaining({ code: "invalid_options", message: expect.stringContaining("ALL_PROXY") }),
    );
    expect(make).not.toThrow(/made-up-canary/);
  },
);

test.each([
  ["example.com", "example.com", 443, true],
  ["example.com", "api.example.com", 443, true],
  ["example.com", "notexample.com", 443, false],
  [".example.com", "api.example.com", 443, true],
  ["*.example.com", "api.example.com", 443, true],
  ["EXAMPLE.com", "example.com", 443, true],
  ["a.example, b.example", "b.example", 443, true],
  ["a.example b.example", "b.example", 443, true],
  ["example.com:8443", "example.com", 8443, true],
  ["example.com:8443", "example.com", 443, false],
  ["*", "anything.example", 80, true],
  ["*:8080", "anything.example", 80, false],
  ["::1", "::1", 80, true],
  ["[::1]", "::1", 80, true],
  ["[::1]:8080", "::1", 8080, true],
  ["[::1]:8080", "::1", 80, false],
  ["fe80::1", "fe80::1", 443, true],
  ["", "example.com", 443, false],
  [" , ", "example.com", 443, false],
])("noProxy %j, host %s, port %i: %s", (noProxy, host, port, is) => {
  expect(isProxyExcluded(noProxy, host, port)).toBe(is);
});
