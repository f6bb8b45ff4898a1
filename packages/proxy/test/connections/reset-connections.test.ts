import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Socket } from "node:net";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { Agent, type Dispatcher, ProxyAgent } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { account, altaSession, type RunningProxy, running } from "../support/running.ts";

/** What a vendor does with a connection when a request arrives on it. */
type Reaction = "answer" | "answer and close" | "close" | "reset" | "half";

/** @param earlier how many requests have arrived on the connection before. */
type React = (earlier: number) => Reaction;

/**
 * A vendor that signs in as the simulator does, and otherwise reacts to each request as a test says. It speaks HTTP byte
 * for byte, because Node's server closes no connection when a request arrives.
 */
async function resetting(
  react: React,
  dispatcher?: Dispatcher,
): Promise<{ proxy: RunningProxy; arrived: string[]; connections: () => number }> {
  const simulator = await serve(createAltaServer({ account }));
  onTestFinished(simulator.close);
  const arrived: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections++;
    let requests = 0;
    let text = "";
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", async (data) => {
      text += data.toString("latin1");
      const head = /^[\s\S]*?\r\n\r\n/.exec(text)?.[0].toLowerCase();
      const length = Number(/\ncontent-length: (\d+)/.exec(head ?? "")?.[1] ?? 0);
      if (head === undefined || text.length < head.length + length) return;
      const body = text.slice(head.length, head.length + length);
      const [first = ""] = text.split(" HTTP/1.1");
      text = "";
      if (/ \/api\/v1\/(dologin|auth)|logout/.test(first)) {
        const [method = "", path = ""] = first.split(" ");
        const [, cookie] = /\ncookie: (.*)\r/.exec(head) ?? [];
        const headers = { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) };
        const answer = await fetch(simulator.baseUrl + path, { method, headers, body: body === "" ? null : body });
        const content = await answer.text();
        const lines = answer.headers.getSetCookie().map((value) => `set-cookie: ${value}\r\n`);
        const type = `content-type: ${answer.headers.get("content-type")}\r\n`;
        socket.end(`HTTP/1.1 ${answer.status} OK\r\n${type}${lines.join("")}connection: close\r\n\r\n${content}`);
        return;
      }
      arrived.push(`${first} ${body}`.trim());
      const reaction = react(requests++);
      const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
      if (reaction === "answer") socket.write(ok);
      else if (reaction === "answer and close") socket.end(ok);
      else if (reaction === "close") socket.end();
      else if (reaction === "reset") socket.resetAndDestroy();
      else socket.end("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nhalf");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as { port: number };
  const session = altaSession(`http://127.0.0.1:${port}`);
  await session.login();
  connections = 0;
  const proxy = await running({ session: dispatcher === undefined ? session : { session, dispatcher } });
  return { proxy, arrived, connections: () => connections };
}

const statusOf = async ({ url, bearer }: RunningProxy, init: RequestInit = {}) =>
  (await fetch(`${url}/x`, { ...init, headers: bearer })).status;

test.each(["close", "reset"] as const)(
  "no request fails if the vendor closes its idle connections (%s) just when the next request arrives",
  async (how) => {
    const { proxy, arrived } = await resetting((earlier) => (earlier % 2 === 0 ? "answer" : how));
    for (let n = 0; n < 150; n++) expect(await statusOf(proxy)).toBe(200);
    expect(arrived.length).toBeGreaterThan(200);
    // At the same time, when all connections are old.
    for (let n = 0; n < 10; n++) {
      const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(proxy)));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
  },
);

test.each(["GET", "HEAD", "OPTIONS", "DELETE", "PUT"])("a %s is sent again once after a reset", async (method) => {
  const { proxy, arrived, connections } = await resetting(() => (arrived.length === 1 ? "reset" : "answer"));
  const body = method === "PUT" ? "the body" : null;
  expect(await statusOf(proxy, { method, body })).toBe(200);
  expect(arrived).toEqual(Array(2).fill(`${method} /x ${body ?? ""}`.trim()));
  expect(connections()).toBe(2);
});

test("a vendor that always resets the connection receives exactly two requests, and the caller a 502", async () => {
  const { proxy, arrived } = await resetting(() => "reset");
  expect(await statusOf(proxy)).toBe(502);
  expect(arrived).toEqual(["GET /x", "GET /x"]);
  expect(proxy.failures).toMatchObject([{ status: 502, code: "vendor_unreachable" }]);
});

test.each(["POST", "PATCH"])("a %s that the vendor has read is not sent again", async (method) => {
  const { proxy, arrived } = await resetting(() => "reset");
  expect(await statusOf(proxy, { method, body: "order" })).toBe(502);
  expect(arrived).toEqual([`${method} /x order`]);
});

test("a long upload is not sent again, because it is not kept", async () => {
  const { proxy, arrived } = await resetting(() => "reset");
  expect(await statusOf(proxy, { method: "PUT", body: "l".repeat(1_100_000) })).toBe(502);
  expect(arrived.length).toBe(1);
});

test("a request is not sent again after the start of a response", async () => {
  const { proxy, arrived } = await resetting(() => "half");
  const answer = await fetch(`${proxy.url}/x`, { headers: proxy.bearer });
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect(arrived.length).toBe(1);
});

test("a connection that the vendor has closed is not used for another request, whatever its method", async () => {
  const { proxy, arrived } = await resetting(() => "answer and close");
  const expected = Array.from({ length: 20 }, (_, n) => `POST /x ${n}`);
  for (let n = 0; n < 20; n++) expect(await statusOf(proxy, { method: "POST", body: String(n) })).toBe(200);
  expect(arrived).toEqual(expected);
});

test("a caller that leaves during the second attempt cancels it", async () => {
  const leaving = new AbortController();
  const { proxy, arrived } = await resetting(() => {
    if (arrived.length === 2) leaving.abort();
    return arrived.length < 2 ? "reset" : "answer";
  });
  await expect(fetch(`${proxy.url}/x`, { headers: proxy.bearer, signal: leaving.signal })).rejects.toThrow();
  expect(await statusOf(proxy)).toBe(200);
  expect(arrived.length).toBe(3);
});

test("a request through another proxy is sent again to the same URL", async () => {
  const seen: string[] = [];
  const other = createHttpServer((incoming, outgoing) => {
    seen.push(new URL(incoming.url ?? "").pathname);
    if (seen.length === 1) incoming.socket.resetAndDestroy();
    else outgoing.end();
  });
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const uri = `http://127.0.0.1:${(other.address() as { port: number }).port}`;
  const { proxy } = await resetting(() => "answer", new ProxyAgent({ uri, proxyTunnel: false }));
  expect(await statusOf(proxy)).toBe(200);
  expect(seen).toEqual(["/x", "/x"]);
});

test("the second attempt also uses the dispatcher of the options", async () => {
  const seen: string[] = [];
  const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
    seen.push(options.method);
    return dispatch(options, handler);
  });
  const { proxy, arrived } = await resetting(() => (arrived.length === 1 ? "reset" : "answer"), dispatcher);
  expect(await statusOf(proxy)).toBe(200);
  expect(seen).toEqual(["GET", "GET"]);
});
