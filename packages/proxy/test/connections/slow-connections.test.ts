import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createAltaSession } from "@vms/alta";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createProxy } from "../../src/index.ts";
import { proxyProcess } from "../support/proxy-process.ts";
import { account, proxied, type RunningProxy } from "../support/running.ts";
import { vendor } from "../support/vendor.ts";

/** A time for headers that tests can wait for, in ms. */
const SHORT = 300;

type Address = Pick<RunningProxy, "port" | "token">;

/** A connection, and what has arrived on it. */
interface Connection {
  readonly socket: Socket;
  received(): string;
  /** Waits until the proxy closes it. Returns what has arrived. */
  readonly closed: Promise<string>;
}

async function open(port: number): Promise<Connection> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  let text = "";
  socket.on("data", (data: string) => {
    text += data;
  });
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(text)));
  await once(socket, "connect");
  return { socket, received: () => text, closed };
}

const hostOf = ({ port }: Address) => `Host: 127.0.0.1:${port}\r\n`;
const headersOf = (proxy: Address) => `${hostOf(proxy)}Authorization: Bearer ${proxy.token}\r\n`;

test.each([
  ["says nothing", () => "", /^$/],
  ["sends one byte", () => "G", /^HTTP\/1\.1 408 [\s\S]*vms-proxy-error: request_timeout/],
  ["sends only line ends", () => "\r\n\r\n", /^HTTP\/1\.1 408 /],
  ["does not finish its headers", (proxy) => `GET / HTTP/1.1\r\n${headersOf(proxy)}X: `, /^HTTP\/1\.1 408 /],
  ["is idle after a refused request", (proxy) => `GET / HTTP/1.1\r\n${hostOf(proxy)}\r\n`, /^HTTP\/1\.1 401 /],
  [
    "does not send the body of a refused request",
    (proxy) => `POST / HTTP/1.1\r\n${hostOf(proxy)}Content-Length: 9\r\n\r\n`,
    /^HTTP\/1\.1 401 /,
  ],
  [
    "does not send the chunks of a refused request",
    (proxy) => `POST / HTTP/1.1\r\n${hostOf(proxy)}Transfer-Encoding: chunked\r\n\r\n`,
    /^HTTP\/1\.1 401 [\s\S]*connection: close/i,
  ],
  ["was refused a tunnel", (proxy) => `CONNECT x:1 HTTP/1.1\r\n${hostOf(proxy)}\r\n`, /^HTTP\/1\.1 405 /],
  [
    "was refused a WebSocket",
    (proxy) => `GET / HTTP/1.1\r\n${hostOf(proxy)}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    /^HTTP\/1\.1 401 /,
  ],
  [
    "asks only whether the proxy is ready",
    (proxy) => `GET /ready HTTP/1.1\r\n${hostOf(proxy)}\r\n`,
    /^HTTP\/1\.1 [25]/,
  ],
  ["starts with TLS", () => "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", /^HTTP\/1\.1 400 /],
] as [string, (proxy: RunningProxy) => string, RegExp][])(
  "a connection that %s is closed",
  async (_, bytes, result) => {
    const { at, proxy } = await proxied({ headersTimeout: SHORT });
    const { socket, closed } = await open(proxy.port);
    socket.write(bytes(proxy), "latin1");
    expect(await closed).toMatch(result);
    expect(at.seen).toEqual([]);
  },
);

test("refused requests, one after the other, do not keep a connection open", async () => {
  const { proxy } = await proxied({ headersTimeout: SHORT });
  const { socket, received, closed } = await open(proxy.port);
  const ask = () => void socket.write(`GET / HTTP/1.1\r\n${hostOf(proxy)}\r\n`);
  ask();
  const timer = setInterval(ask, SHORT / 5);
  onTestFinished(() => clearInterval(timer));
  await closed;
  expect(received().match(/ 401 /g)?.length).toBeGreaterThan(0);
});

test("a connection with an accepted request stays open between requests, but the next headers must arrive in time", async () => {
  const { proxy } = await proxied({ headersTimeout: SHORT });
  const { socket, received, closed } = await open(proxy.port);
  const get = `GET /api/v1/me HTTP/1.1\r\n${headersOf(proxy)}\r\n`;
  socket.write(get);
  await expect.poll(received).toMatch(/^HTTP\/1\.1 200 /);
  await wait(3 * SHORT);
  socket.write(get);
  await expect.poll(() => received().match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  socket.write(get.slice(0, 20));
  expect(await closed).toMatch(/HTTP\/1\.1 408 /);
});

test("a slow upload, a slow response and a silent WebSocket may take any time", async () => {
  const { at, proxy } = await proxied({ headersTimeout: SHORT, maxUnauthenticated: 1 });
  at.on("/upload", async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.end(body);
  });
  const answer = Promise.withResolvers<void>();
  at.on("/slow", async (_, response) => {
    await answer.promise;
    response.end("late");
  });
  const sockets = new WebSocketServer({ noServer: true });
  at.server.on("upgrade", (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (one) => one.on("message", (data) => one.send(data))),
  );
  const silent = new WebSocket(proxy.url.replace("http", "ws"), { headers: proxy.bearer });
  await once(silent, "open");
  const upload = await open(proxy.port);
  upload.socket.write(`PUT /upload HTTP/1.1\r\n${headersOf(proxy)}Content-Length: 6\r\n\r\nsl`);
  const slow = await open(proxy.port);
  slow.socket.write(`GET /slow HTTP/1.1\r\n${headersOf(proxy)}\r\n`);
  await wait(3 * SHORT);
  upload.socket.write("owly");
  answer.resolve();
  await expect.poll(upload.received).toMatch(/^HTTP\/1\.1 200 [\s\S]*slowly/);
  await expect.poll(slow.received).toMatch(/^HTTP\/1\.1 200 [\s\S]*late/);
  silent.send("still here");
  expect(String((await once(silent, "message"))[0])).toBe("still here");
  silent.terminate();
});

test("the oldest unauthenticated connections are closed beyond the limit, and no others", async () => {
  const { proxy } = await proxied({ maxUnauthenticated: 3 });
  const accepted = await open(proxy.port);
  const get = `GET /api/v1/me HTTP/1.1\r\n${headersOf(proxy)}\r\n`;
  accepted.socket.write(get);
  await expect.poll(accepted.received).toMatch(/^HTTP\/1\.1 200 /);
  const silent: Connection[] = [];
  for (let n = 0; n < 10; n++) {
    const one = await open(proxy.port);
    // One of them is refused, which changes nothing.
    if (n === 0) one.socket.write(`GET / HTTP/1.1\r\n${hostOf(proxy)}\r\n`);
    silent.push(one);
  }
  await Promise.all(silent.slice(0, 7).map(({ closed }) => closed));
  accepted.socket.write(get);
  await expect.poll(() => accepted.received().match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  expect(silent.slice(7).map(({ socket }) => socket.closed)).toEqual([false, false, false]);
  // Each of them is accepted if it sends the token.
  for (const { socket, received } of silent.slice(7)) {
    socket.write(get);
    await expect.poll(received).toMatch(/^HTTP\/1\.1 200 /);
  }
});

test("many callers that connect at once are not mistaken for silent ones", async () => {
  const { proxy } = await proxied({ maxUnauthenticated: 5 });
  const get = `GET /api/v1/me HTTP/1.1\r\n${headersOf(proxy)}Connection: close\r\n\r\n`;
  const results = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const socket = connect(proxy.port, "127.0.0.1").setEncoding("latin1");
      // The bytes are sent with the connection.
      socket.write(get);
      let text = "";
      socket.on("error", () => {});
      socket.on("data", (data: string) => {
        text += data;
      });
      await once(socket, "close");
      return text.slice(0, 12);
    }),
  );
  expect(new Set(results)).toEqual(new Set(["HTTP/1.1 200"]));
});

test("300 silent connections do not block a proxy that may open 256 files", async () => {
  const at = await vendor({ account });
  const proxy = await proxyProcess(at.baseUrl, 256);
  const call = async () => (await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status;
  expect(await call()).toBe(200);
  const silent = new Set<Socket>();
  let isOver = false;
  const attack = (n: number) => {
    if (isOver) return;
    const socket = connect(proxy.port, "127.0.0.1").on("error", () => {});
    silent.add(socket);
    // It comes back.
    socket.once("close", () => {
      silent.delete(socket);
      setTimeout(attack, 100 + 3 * n, n);
    });
  };
  const stop = () => {
    isOver = true;
    for (const socket of silent) socket.destroy();
  };
  onTestFinished(stop);
  for (let n = 0; n < 300; n++) attack(n);
  for (let n = 0; n < 50; n++) expect(await call()).toBe(200);
  // Callers with new connections are served too.
  for (let n = 0; n < 20; n++) {
    const { socket, received } = await open(proxy.port);
    socket.write(`GET /api/v1/me HTTP/1.1\r\n${headersOf(proxy)}\r\n`);
    await expect.poll(received).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  }
  stop();
  expect(proxy.stderr()).toBe("");
  expect(await proxy.stop()).toBe(0);
});

test.each([
  ["headersTimeout", 0],
  ["headersTimeout", Number.POSITIVE_INFINITY],
  ["headersTimeout", 1.5],
  ["maxUnauthenticated", -1],
])("the option %s cannot be %d", (name, value) => {
  const session = createAltaSession({ baseUrl: "https://acme.example", credentials: account });
  expect(() => createProxy({ session, [name]: value })).toThrow(`\`${name}\` must be a whole number from 1 to `);
});
