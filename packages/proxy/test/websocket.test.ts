import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { WebSocket as UndiciWebSocket } from "undici";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { cookieOf } from "./support/cookie.ts";
import { raw } from "./support/raw.ts";
import { proxied, type RunningProxy } from "./support/running.ts";
import type { Vendor } from "./support/vendor.ts";

// The simulator speaks no WebSocket. The server in front of it accepts the sessions that the simulator knows.
async function withSockets(): Promise<{
  at: Vendor;
  proxy: RunningProxy;
  opened: { url: string; headers: Record<string, unknown> }[];
}> {
  const { at, proxy } = await proxied();
  const sockets = new WebSocketServer({ noServer: true });
  const opened: { url: string; headers: Record<string, unknown> }[] = [];
  at.server.on("upgrade", async (request, socket: Socket, head) => {
    if (!(await at.knows(request))) {
      socket.end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 6\r\nconnection: close\r\n\r\nclosed");
      return;
    }
    opened.push({ url: request.url ?? "", headers: request.headers });
    sockets.handleUpgrade(request, socket, head, (one) => {
      one.send("welcome");
      one.on("message", (data, binary) => one.send(data, { binary }));
    });
  });
  sockets.on("headers", (headers) => headers.push("Set-Cookie: va=canary; Path=/"));
  return { at, opened, proxy };
}

const wsUrl = ({ url }: RunningProxy, path = "/events?zone=1") => `${url.replace("http", "ws")}${path}`;

test.each([
  ["Node's own WebSocket", globalThis.WebSocket],
  ["undici's WebSocket", UndiciWebSocket],
])("%s opens with the session, and text, binary and close pass", async (_, WebSocketOf) => {
  const { at, proxy, opened } = await withSockets();
  const socket = new WebSocketOf(wsUrl(proxy), { headers: proxy.bearer } as never) as globalThis.WebSocket;
  socket.binaryType = "arraybuffer";
  const messages: unknown[] = [];
  const more = () =>
    new Promise<void>((resolve) => socket.addEventListener("message", () => resolve(), { once: true }));
  socket.addEventListener("message", ({ data }) => messages.push(data));
  await more();
  socket.send("text");
  await more();
  socket.send(new Uint8Array([0, 255, 10]));
  await more();
  expect(messages.slice(0, 2)).toEqual(["welcome", "text"]);
  expect([...new Uint8Array(messages[2] as ArrayBuffer)]).toEqual([0, 255, 10]);
  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
  socket.close(4001, "enough");
  expect(await closed).toMatchObject({ code: 4001, reason: "enough", wasClean: true });
  expect(opened[0]?.url).toBe("/events?zone=1");
  expect(opened[0]?.headers.cookie).toMatch(/^va=[^;]+$/);
  expect(opened[0]?.headers).not.toHaveProperty("authorization");
  expect(at.simulator.logins).toBe(1);
});

test("the vendor answers pings, and a large message arrives unchanged", async () => {
  const { proxy } = await withSockets();
  const socket = new WebSocket(wsUrl(proxy), { headers: proxy.bearer });
  let cookies: unknown;
  socket.on("upgrade", ({ headers }) => {
    cookies = headers["set-cookie"];
  });
  await once(socket, "message");
  expect(cookies).toBeUndefined();
  socket.ping("are you there");
  expect(String((await once(socket, "pong"))[0])).toBe("are you there");
  const large = randomBytes(8 * 2 ** 20);
  socket.send(large);
  const [back] = (await once(socket, "message")) as [Buffer];
  const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  expect(digest(back)).toBe(digest(large));
  socket.terminate();
});

test("an expired session is renewed before the WebSocket opens, once for many WebSockets", async () => {
  const { at, proxy } = await withSockets();
  expect((await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status).toBe(200);
  at.simulator.revokeAll();
  const sockets = Array.from({ length: 20 }, () => new WebSocket(wsUrl(proxy), { headers: proxy.bearer }));
  await Promise.all(sockets.map((socket) => once(socket, "message")));
  expect(at.simulator.logins).toBe(2);
  for (const socket of sockets) socket.terminate();
});

test("the cookie also opens a WebSocket, but only from a page of the proxy", async () => {
  const { proxy, at } = await withSockets();
  const cookie = await cookieOf(proxy);
  const own = new WebSocket(wsUrl(proxy), { headers: { cookie, origin: proxy.url } });
  expect(String((await once(own, "message"))[0])).toBe("welcome");
  own.terminate();
  const refused = async (headers: Record<string, string>) => {
    const socket = new WebSocket(wsUrl(proxy), { headers });
    socket.on("error", () => {});
    const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
    return response.statusCode;
  };
  expect(await refused({ cookie, origin: "https://evil.example" })).toBe(403);
  expect(await refused({ cookie, origin: "http://127.0.0.1:9" })).toBe(403);
  expect(await refused({ cookie, origin: "null" })).toBe(403);
  expect(await refused({})).toBe(401);
  // Requests of a page always contain its origin.
  expect(await refused({ cookie })).toBe(401);
  expect(await refused({ ...proxy.bearer, host: `evil.example:${proxy.port}` })).toBe(403);
  expect(at.simulator.logins).toBeLessThanOrEqual(1);
});

test("the vendor sees its own origin on a WebSocket of the proxy's page", async () => {
  const { at, proxy, opened } = await withSockets();
  const socket = new WebSocket(wsUrl(proxy), { headers: { ...proxy.bearer, origin: proxy.url } });
  await once(socket, "message");
  expect(opened[0]?.headers.origin).toBe(at.baseUrl);
  socket.terminate();
});

test("a vendor's refusal of a WebSocket is passed on", async () => {
  const { at, proxy } = await withSockets();
  at.server.removeAllListeners("upgrade");
  at.server.on("upgrade", (_, socket: Socket) => {
    socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 7\r\nconnection: close\r\n\r\nno such");
  });
  const socket = new WebSocket(wsUrl(proxy), { headers: proxy.bearer });
  socket.on("error", () => {});
  const [, response] = await once(socket, "unexpected-response");
  expect(response.statusCode).toBe(404);
  response.setEncoding("utf8");
  expect(await once(response, "data")).toEqual(["no such"]);
});

test("data sent right after the request is not lost, and when one side closes, the other does too", async () => {
  const { at, proxy } = await withSockets();
  at.server.removeAllListeners("upgrade");
  const gone = Promise.withResolvers<void>();
  at.server.on("upgrade", (_, socket: Socket, head: Buffer) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nfirst");
    if (head.length > 0) socket.write(head);
    socket.on("data", (data: Buffer) => (String(data) === "leave" ? socket.end("bye") : socket.write(data)));
    socket.on("close", () => gone.resolve());
    socket.on("error", () => {});
  });
  const asked = [
    "GET /events HTTP/1.1",
    `Host: 127.0.0.1:${proxy.port}`,
    `Authorization: Bearer ${proxy.token}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
  ];
  expect(await raw(proxy.port, `${asked.join("\r\n")}\r\n\r\nleave`)).toMatch(
    /^HTTP\/1\.1 101 [\s\S]*\r\n\r\nfirstbye$/,
  );
  await gone.promise;
  // The other direction: a client that disappears.
  const left = Promise.withResolvers<void>();
  at.server.removeAllListeners("upgrade");
  at.server.on("upgrade", (_, socket: Socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
    socket.on("end", () => left.resolve());
    socket.on("error", () => {});
    socket.resume();
  });
  const client = connect(proxy.port, "127.0.0.1");
  client.write(`${asked.join("\r\n")}\r\n\r\n`);
  await once(client, "data");
  client.resetAndDestroy();
  await left.promise;
});

test("closing a proxy ends its WebSockets", async () => {
  const { proxy } = await withSockets();
  const socket = new WebSocket(wsUrl(proxy), { headers: proxy.bearer });
  socket.on("error", () => {});
  await once(socket, "message");
  const closed = once(socket, "close");
  await proxy.stop();
  await closed;
});
