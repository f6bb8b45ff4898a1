import { createAlertSiteSession } from "@vms/alertsite";
import { createAlertSiteServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { expect, onTestFinished, test } from "vitest";
import { raw } from "./support/raw.ts";
import { account, proxied, type RunningProxy, running } from "./support/running.ts";

/** Sends one request, and returns the response byte for byte. */
function ask({ port, token }: RunningProxy, first: string, ...lines: string[]): Promise<string> {
  const own = [`Host: 127.0.0.1:${port}`, `Authorization: Bearer ${token}`, "Connection: close"];
  return raw(port, `${[`${first} HTTP/1.1`, ...own, ...lines].join("\r\n")}\r\n\r\n`);
}

test.each([
  ["204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"],
  ["304 with the length of the body", 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 1234\r\n\r\n'],
  ["304 of JSON", "HTTP/1.1 304 Not Modified\r\nContent-Type: application/json\r\nContent-Length: 1234\r\n\r\n"],
  ["304 with chunks", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n"],
])("a %s keeps no length, has no chunks, and leaves the connection open", async (name, answer) => {
  const { at, proxy } = await proxied();
  at.on("/none", (_, response) => void response.socket!.write(answer));
  at.on("/next", (_, response) => response.end("next"));
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  const next = `GET /next HTTP/1.1\r\n${own}Connection: close\r\n\r\n`;
  const got = await raw(proxy.port, `GET /none HTTP/1.1\r\n${own}\r\n${next}`);
  const [head = "", ...rest] = got.split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${name.slice(0, 3)} `));
  expect(head).not.toMatch(/content-length|transfer-encoding|connection: close/i);
  expect(rest.join("\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*next/);
  expect(proxy.failures).toEqual([]);
});

test("a 304 of JSON passes if the session reads bodies to notice that it has expired", async () => {
  const server = createAlertSiteServer({ account });
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  const session = createAlertSiteSession({ baseUrl, credentials: account });
  onTestFinished(() => session.close());
  const proxy = await running({ session: { session, plainBodies: true } });
  server.script({
    status: 304,
    headers: { "content-type": "application/json", etag: '"1"' },
    when: ({ path }) => path.endsWith("/locations"),
  });
  expect(await ask(proxy, "GET /locations")).toMatch(/^HTTP\/1\.1 304 [\s\S]*\r\n\r\n$/);
});

test("a response to HEAD keeps its length and has no body", async () => {
  const { at, proxy } = await proxied();
  const answer = "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nTrailer: x\r\nConnection: close\r\n\r\n";
  at.on("/file", (_, response) => void response.socket!.end(answer));
  const got = await ask(proxy, "HEAD /file");
  expect(got).toMatch(/^HTTP\/1\.1 200 [\s\S]*content-length: 1234\r\n[\s\S]*\r\n\r\n$/i);
  expect(got).not.toMatch(/trailer/i);
});

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";

test("the trailers of a response pass, except those of the session and the connection", async () => {
  const { at, proxy } = await proxied();
  const announced = "Trailer: X-Checksum, Set-Cookie, Content-Length, Grpc-Status\r\n";
  const trailers = [
    "X-Checksum: abc",
    "grpc-status: 0",
    "Set-Cookie: va=canary",
    "Content-Encoding: canary",
    "WWW-Authenticate: Basic realm=canary",
    "Access-Control-Allow-Origin: canary",
    "Vms-Proxy-Error: canary",
    `Location: ${at.baseUrl}/next`,
  ];
  at.on("/rpc", (_, response) => {
    response.socket!.end(`${CHUNKED}${announced}\r\n5\r\nhello\r\n0\r\n${trailers.join("\r\n")}\r\n\r\n`);
  });
  const got = await ask(proxy, "GET /rpc", "TE: trailers");
  const [head = "", body = ""] = got.split(/\r\n\r\n(.*)/s);
  expect(head).toMatch(/\r\ntrailer: X-Checksum, Grpc-Status(\r\n|$)/i);
  expect(head).toMatch(/transfer-encoding: chunked/i);
  const given = body.slice("5\r\nhello\r\n0\r\n".length);
  expect(body).toMatch(/^5\r\nhello\r\n0\r\n/);
  expect(given.trim().toLowerCase().split("\r\n").sort()).toEqual(
    ["grpc-status: 0", `location: ${proxy.url}/next`, "x-checksum: abc"].sort(),
  );
  expect(got).not.toContain("canary");
});

test("the trailers of a response without a body, or not announced, pass", async () => {
  const { at, proxy } = await proxied();
  at.on("/rpc", (_, response) => void response.socket!.end(`${CHUNKED}\r\n0\r\ngrpc-status: 7\r\n\r\n`));
  expect(await ask(proxy, "GET /rpc")).toMatch(/\r\n\r\n0\r\ngrpc-status: 7\r\n\r\n$/);
});

test("an HTTP/1.0 client receives no trailers and no chunks", async () => {
  const { at, proxy } = await proxied();
  const trailers = "Trailer: X-Checksum\r\n\r\n5\r\nhello\r\n0\r\nX-Checksum: abc\r\n\r\n";
  at.on("/rpc", (_, response) => void response.socket!.end(CHUNKED + trailers));
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  const got = await raw(proxy.port, `GET /rpc HTTP/1.0\r\n${own}\r\n`);
  expect(got).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nhello$/);
  expect(got).not.toMatch(/trailer|chunked|checksum/i);
});

test("request trailers are dropped, and the request arrives", async () => {
  const { at, proxy } = await proxied();
  at.on("/rpc", async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { trailer, te } = request.headers;
    response.end(JSON.stringify({ body, trailers: request.trailers, trailer, te }));
  });
  const chunks = "5\r\nhello\r\n0\r\nX-Checksum: abc\r\n\r\n";
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\nConnection: close\r\n`;
  const head = `POST /rpc HTTP/1.1\r\n${own}Transfer-Encoding: chunked\r\nTrailer: X-Checksum\r\nTE: trailers\r\n\r\n`;
  const got = await raw(proxy.port, head + chunks);
  expect(got).toMatch(/^HTTP\/1\.1 200 /);
  expect(got).toContain('{"body":"hello","trailers":{}}');
});
