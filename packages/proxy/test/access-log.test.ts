import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { AccessLogEntry } from "../src/index.ts";
import { listening, rawCall, servedVendor, sessionAt } from "./feature-support.ts";

function log() {
  const entries: AccessLogEntry[] = [];
  return { entries, accessLog: (entry: AccessLogEntry) => void entries.push(entry) };
}

test("each request is logged when its response has ended", async () => {
  const at = await servedVendor({ "/file": (_, response) => response.end("x".repeat(100_000)) });
  const { entries, accessLog } = log();
  const { call } = await listening({ sessions: { acme: sessionAt(at) }, accessLog });
  const start = Date.now();
  await (await call("/acme/file?from=1&secret=made-up-secret")).text();
  expect(entries).toEqual([
    {
      time: expect.any(Number),
      remote: "127.0.0.1",
      session: "acme",
      method: "GET",
      path: "/acme/file",
      status: 200,
      complete: true,
      bytes: expect.any(Number),
      duration: expect.any(Number),
      code: undefined,
    },
  ]);
  const [entry] = entries;
  expect(entry?.time).toBeGreaterThanOrEqual(start);
  expect(entry?.bytes).toBeGreaterThan(100_000);
  expect(entry?.bytes).toBeLessThan(101_000);
  expect(JSON.stringify(entries)).not.toContain("made-up-secret");
});

test("the proxy's own responses have their code", async () => {
  const { entries, accessLog } = log();
  const { call, url, port, bearer } = await listening({
    sessions: { acme: sessionAt(await servedVendor()) },
    accessLog,
  });
  await fetch(`${url}/acme/api/v1/me`);
  await call("/nowhere");
  await fetch(`${url}/ready`);
  await call("/metrics");
  await rawCall(port, "/acme", { ...bearer, host: "evil.example" });
  await rawCall(port, "/acme", { ...bearer, expect: "magic" });
  const short = entries.map(({ session, path, status, code }) => [session, path, status, code]);
  expect(short).toEqual([
    ["acme", "/acme/api/v1/me", 401, "no_token"],
    [undefined, "/nowhere", 404, "unknown_session"],
    [undefined, "/ready", 503, undefined],
    [undefined, "/metrics", 200, undefined],
    ["acme", "/acme", 403, "foreign_host"],
    ["acme", "/acme", 417, "expectation"],
  ]);
});

test("no entry contains the token, a header or the password of a URL", async () => {
  const { entries, accessLog } = log();
  const { port, proxy, bearer } = await listening({ session: sessionAt(await servedVendor()), accessLog });
  const targets = [
    `/a?vms_token=${proxy.token}`,
    `/a%3Fvms_token=${proxy.token}`,
    `/a;vms_token=${proxy.token}`,
    `/a#vms_token=${proxy.token}`,
    "http://user:made-up-password@127.0.0.1/a",
  ];
  for (const target of targets) await rawCall(port, target, { ...bearer, "x-key": "made-up-key" });
  expect(entries.map(({ path }) => path)).toEqual(["/a", "/a%3Fvms_token=…", "/a;vms_token=…", "/a", ""]);
  expect(JSON.stringify(entries)).not.toMatch(/made-up/);
  expect(JSON.stringify(entries)).not.toContain(proxy.token);
});

test("a WebSocket is logged when it closes", async () => {
  const at = await servedVendor();
  const sockets = new WebSocketServer({ server: at.server });
  const { entries, accessLog } = log();
  const { url, bearer } = await listening({ session: sessionAt(at), accessLog });
  const socket = new WebSocket(`${url.replace("http", "ws")}/events`, { headers: bearer });
  await once(socket, "open");
  expect(entries).toEqual([]);
  socket.close();
  await expect.poll(() => entries.length).toBe(1);
  expect(entries[0]).toMatchObject({ session: "alta", path: "/events", status: 101, complete: true });
  const refused = new WebSocket(`${url.replace("http", "ws")}/events`);
  await once(refused, "error");
  await expect.poll(() => entries.at(-1)).toMatchObject({ status: 401, code: "no_token" });
  sockets.close();
});

test("a caller that leaves before the response is 499, and a response cut short is not complete", async () => {
  const waiting = Promise.withResolvers<void>();
  const at = await servedVendor({
    "/never": () => waiting.resolve(),
    "/cut": (_, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write("x".repeat(100), () => response.destroy());
    },
  });
  const { entries, accessLog } = log();
  const { port, proxy, call } = await listening({ session: sessionAt(at), accessLog });
  const socket = connect(port, "127.0.0.1");
  socket.write(`GET /never HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${proxy.token}\r\n\r\n`);
  await waiting.promise;
  socket.destroy();
  await expect.poll(() => entries).toMatchObject([{ path: "/never", status: 499, complete: false }]);
  const cut = await call("/cut");
  await expect(cut.text()).rejects.toThrow();
  await expect.poll(() => entries.at(-1)).toMatchObject({ path: "/cut", status: 200, complete: false });
});

test("`bytes` counts each response of a connection once, and an error of the log is ignored", async () => {
  const at = await servedVendor({ "/file": (_, response) => response.end("x".repeat(50_000)) });
  const { entries, accessLog } = log();
  const { call } = await listening({
    session: sessionAt(at),
    accessLog(entry) {
      accessLog(entry);
      throw new Error("made up");
    },
  });
  for (let n = 0; n < 3; n++) expect(await (await call("/file")).text()).toHaveLength(50_000);
  for (const { bytes } of entries) {
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(51_000);
  }
  expect(entries).toHaveLength(3);
});
