import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { curl } from "../support/curl.ts";
import { raw } from "../support/raw.ts";
import { proxied } from "../support/running.ts";
import { statusOf } from "../support/status-of.ts";

test.each([
  ["both a length and chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\n"],
  ["two lengths", ["Content-Length: 4", "Content-Length: 5"], "abcde"],
  ["the same length twice", ["Content-Length: 4", "Content-Length: 4"], "abcd"],
  ["a list of lengths", ["Content-Length: 4, 4"], "abcd"],
  ["an invalid length", ["Content-Length: +4"], "abcd"],
  ["a negative length", ["Content-Length: -1"], ""],
  ["a hexadecimal length", ["Content-Length: 0x4"], "abcd"],
  ["a length larger than numbers", ["Content-Length: 18446744073709551620"], "abcd"],
  ["a length and, folded, chunks", ["Content-Length: 4", "Transfer-Encoding:", " chunked"], "0\r\n\r\n"],
  ["chunked not last", ["Transfer-Encoding: chunked, identity"], "0\r\n\r\n"],
  ["chunked and then another encoding", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], "0\r\n\r\n"],
  ["chunked with a control character", ["Transfer-Encoding: \x0bchunked"], "0\r\n\r\n"],
  ["chunked in quotes", ['Transfer-Encoding: "chunked"'], "0\r\n\r\n"],
  ["a length and chunked in disguise", ["Content-Length: 4", "Transfer-Encoding\t: chunked"], "0\r\n\r\n"],
  ["an unknown encoding", ["Transfer-Encoding: xchunked"], "0\r\n\r\n"],
  ["chunked in disguise", ["Transfer-Encoding : chunked"], "0\r\n\r\n"],
  ["a folded header", ["X-A: b", " Transfer-Encoding: chunked"], "0\r\n\r\n"],
  ["a bare line feed", ["X-A: b\nTransfer-Encoding: chunked"], "0\r\n\r\n"],
  ["a bare carriage return", ["X-A: b\rTransfer-Encoding: chunked"], "0\r\n\r\n"],
  ["a NUL", ["X-A: b\0c"], ""],
  ["a NUL in a name", ["X\0A: b"], ""],
  ["a header without a name", [": b"], ""],
  ["an invalid chunk size", ["Transfer-Encoding: chunked"], "0x4\r\nabcd\r\n0\r\n\r\n"],
  ["a chunk size larger than numbers", ["Transfer-Encoding: chunked"], "ffffffffffffffff4\r\nabcd\r\n0\r\n\r\n"],
  ["a chunk that is longer than its size", ["Transfer-Encoding: chunked"], "4\r\nabcde\r\n0\r\n\r\n"],
  ["a line feed in a chunk extension", ["Transfer-Encoding: chunked"], "4;a\nabcd\r\n0\r\n\r\n"],
  ["bare line feeds between chunks", ["Transfer-Encoding: chunked"], "4\nabcd\n0\n\n"],
])("a request with %s is refused, and nothing after it is passed on", async (_, lines, body) => {
  const { at, proxy } = await proxied();
  at.on("/smuggled", (_, response) => response.end("never"));
  const own = [`Host: 127.0.0.1:${proxy.port}`, `Authorization: Bearer ${proxy.token}`];
  const first = ["POST /api/v1/me HTTP/1.1", ...own, ...lines].join("\r\n");
  const second = ["GET /smuggled HTTP/1.1", ...own, "Connection: close"].join("\r\n");
  const got = await raw(proxy.port, `${first}\r\n\r\n${body}${second}\r\n\r\n`);
  expect(got).toMatch(/^HTTP\/1\.1 (400|502) /);
  expect(at.seen).toEqual([]);
});

test("chunk extensions and trailers do not reach the vendor, and the body keeps its length", async () => {
  const { at, proxy } = await proxied();
  at.on("/echo", async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.end(`[${body}]`);
  });
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  const chunks = '4;a=b;c="GET /echo"\r\nabcd\r\n0;x\r\nContent-Type: x\r\n\r\n';
  const first = `POST /echo HTTP/1.1\r\n${own}Transfer-Encoding: chunked\r\n\r\n${chunks}`;
  const got = await raw(proxy.port, `${first}GET /echo HTTP/1.1\r\n${own}Connection: close\r\n\r\n`);
  expect([...got.matchAll(/\[(.*)\]/g)].map(([, body]) => body)).toEqual(["abcd", ""]);
  expect(at.seen.map(({ method }) => method)).toEqual(["POST", "GET"]);
});

test("pipelined requests are passed on one after the other, and answered in order", async () => {
  const { at, proxy } = await proxied();
  let open = 0;
  let most = 0;
  const answer = (text: string) => (_: unknown, response: ServerResponse) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      response.end(text);
    }, 20);
  };
  at.on("/one", answer("one"));
  at.on("/two", answer("two"));
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  const get = `GET /one HTTP/1.1\r\n${own}`;
  const post = `POST /two HTTP/1.1\r\n${own}Content-Length: 3\r\n\r\nabc`;
  const got = await raw(proxy.port, `${get}\r\n${post}${get}\r\n${post}${get}Connection: close\r\n\r\n`);
  expect([...got.matchAll(/one|two/g)].map(([word]) => word)).toEqual(["one", "two", "one", "two", "one"]);
  expect(at.seen.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "POST", "GET"]);
  expect(most).toBe(1);
});

test("a vendor's headers cannot split the response", async () => {
  const { at, proxy } = await proxied();
  const lines = [
    "Set-Cookie: va=canary-2; Path=/",
    "Set-Cookie: other=canary-3",
    "SET-COOKIE: third=canary-4",
    "X-High: caf\xe9",
    "WWW-Authenticate: Basic realm=canary",
    'Clear-Site-Data: "*"',
    "Strict-Transport-Security: max-age=1",
    "Keep-Alive: timeout=1",
    "Connection: X-Hop",
    "X-Hop: canary-5",
    "Content-Length: 2",
  ];
  let first = "HTTP/1.1 200 Fine";
  at.on("/x", (_, response) => void response.socket!.end(`${[first, ...lines].join("\r\n")}\r\n\r\nok`, "latin1"));
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\nConnection: close`;
  const got = await raw(proxy.port, `GET /x HTTP/1.1\r\n${own}\r\n\r\n`);
  expect(got).toMatch(/^HTTP\/1\.1 200 Fine\r\n[\s\S]*\r\n\r\nok$/);
  expect(got).not.toMatch(/canary|clear-site-data|strict-transport|timeout=1|x-hop/i);
  expect(got).toContain("X-High: caf");
  first = "HTTP/1.1 200 Fi\x01ne";
  expect(await raw(proxy.port, `GET /x HTTP/1.1\r\n${own}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 (200 OK|502 Bad Gateway)\r\n/,
  );
});

test("a hundred half-open connections and malformed requests do not block the proxy", async () => {
  const { proxy } = await proxied();
  const sockets = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const socket = connect(proxy.port, "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      socket.write(n % 2 ? "GET / HT" : "\x00\xff\r\n\r\n");
      return socket;
    }),
  );
  expect(await statusOf(proxy, "GET /api/v1/me")).toBe(200);
  for (const socket of sockets) socket.resetAndDestroy();
  expect(await statusOf(proxy, "GET /api/v1/me")).toBe(200);
  await proxy.stop();
});

const OPEN = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";

test.each([
  ["a WebSocket behind a request without a token", (host: string) => [`GET / HTTP/1.1\r\n${host}\r\n`, upgrade(host)]],
  ["CONNECT behind a request without a token", (host: string) => [`GET / HTTP/1.1\r\n${host}\r\n`, tunnel(host)]],
  ["a WebSocket behind another name", (host: string) => ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", upgrade(host)]],
  ["a WebSocket behind two requests", (host: string) => [`GET / HTTP/1.1\r\n${host}\r\n`.repeat(2), upgrade(host)]],
  ["two WebSockets", (host: string) => [upgrade(host), upgrade(host)]],
  ["CONNECT behind a WebSocket", (host: string) => [upgrade(host), tunnel(host)]],
  ["a WebSocket behind CONNECT", (host: string) => [tunnel(host), upgrade(host)]],
  [
    "a WebSocket behind a vendor that takes its time",
    (host: string, bearer: string) => [`GET /slow HTTP/1.1\r\n${host}${bearer}\r\n`, upgrade(host + bearer)],
  ],
  [
    "CONNECT behind a body",
    (host: string, bearer: string) => [
      `POST /slow HTTP/1.1\r\n${host}${bearer}Content-Length: 5\r\n\r\nhello`,
      tunnel(host),
    ],
  ],
])("%s, sent in one go, ends that connection and nothing else", async (_, packets) => {
  const { at, proxy } = await proxied();
  at.on("/slow", () => {});
  const [first = "", second = ""] = packets(
    `Host: 127.0.0.1:${proxy.port}\r\n`,
    `Authorization: Bearer ${proxy.token}\r\n`,
  );
  await raw(proxy.port, first + second);
  expect((await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status).toBe(200);
  await proxy.stop();
});

function upgrade(headers: string): string {
  return `GET /events HTTP/1.1\r\n${headers}${OPEN}\r\n`;
}

function tunnel(headers: string): string {
  return `CONNECT x:1 HTTP/1.1\r\n${headers}\r\n`;
}

test.each([
  ["a status of 000", "HTTP/1.1 000 Odd\r\nContent-Length: 2\r\n\r\nok"],
  ["a status of 099", "HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok"],
  ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"],
])("an unexpected %s is reported as a bad response in plain words", async (_, answer) => {
  const { at, proxy } = await proxied();
  at.on("/odd", (_, response) => void response.socket!.write(answer));
  const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/odd`]);
  expect(got.status).toBe(502);
  expect(got.heads).toMatch(/vms-proxy-error: bad_answer/);
  expect(got.text).toMatch(/is not valid HTTP|switched protocols without being asked/);
  expect(got.text).not.toMatch(/ERR_/);
  expect(await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`])).toMatchObject({
    status: 200,
  });
});

test("a vendor cannot impersonate the proxy, nor make the browser report, reload or grant access", async () => {
  const { at, proxy } = await proxied();
  at.on("/x", (_, response) =>
    response
      .writeHead(200, {
        "Vms-Proxy-Error": "canary",
        Refresh: "0; url=https://canary.example/",
        "Report-To": '{"endpoints":[{"url":"https://canary.example"}]}',
        "Reporting-Endpoints": 'a="https://canary.example"',
        NEL: '{"report_to":"canary"}',
        "Service-Worker-Allowed": "/canary",
        "Timing-Allow-Origin": "canary",
      })
      .end("ok"),
  );
  const { heads, status, text } = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/x`]);
  expect({ status, text }).toEqual({ status: 200, text: "ok" });
  expect(heads).not.toMatch(/canary/);
});

test("errors that Node answers by default also have the header `vms-proxy-error` and a text", async () => {
  const { at, proxy } = await proxied();
  const host = `Host: 127.0.0.1:${proxy.port}\r\n`;
  const bearer = `Authorization: Bearer ${proxy.token}\r\n`;
  const end = "Connection: close\r\n\r\n";
  const get = "GET /api/v1/me HTTP/1.1\r\n";
  for (const [request, status, code] of [
    ["GET / HT\r\n\r\n", 400, "bad_request"],
    [`GET / HTTP/1.1\r\n${end}`, 403, "foreign_host"],
    [`${get}${host}${bearer}X: ${"a".repeat(66_000)}\r\n${end}`, 431, "headers_too_large"],
    [`${get}${host}${bearer}Expect: 200-canary\r\n${end}`, 417, "expectation"],
    [`${get}${host}Expect: 200-canary\r\n${end}`, 401, "no_token"],
  ] as const) {
    const got = await raw(proxy.port, request);
    expect(got).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*vms-proxy-error: ${code}\r\n[\\s\\S]*\r\n\r\nvms proxy: `),
    );
  }
  expect(at.simulator.requests.filter(({ path }) => path.endsWith("/me"))).toEqual([]);
});

test("the response to a malformed request does not replace that to an earlier one", async () => {
  const { at, proxy } = await proxied();
  at.on("/slow", () => {});
  const first = `GET /slow HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n\r\n`;
  expect(await raw(proxy.port, `${first}nonsense\r\n\r\n`)).toBe("");
});

test("a connection can open a WebSocket after its responses have arrived", async () => {
  const { at, proxy } = await proxied();
  at.server.on("upgrade", (_, socket: Socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nopen");
  });
  const headers = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  at.on("/one", (_, response) => response.end("x".repeat(3_000_000)));
  const socket = connect(proxy.port, "127.0.0.1").setEncoding("latin1");
  let got = "";
  socket.on("data", (text: string) => {
    got += text;
    if (got.endsWith("xxx") && got.length > 3_000_000) socket.write(upgrade(headers));
  });
  socket.write(`GET /one HTTP/1.1\r\n${headers}Accept-Encoding: identity\r\n\r\n`);
  await once(socket, "close");
  expect(got.slice(3_000_000)).toMatch(/HTTP\/1\.1 101 [\s\S]*open$/);
});
