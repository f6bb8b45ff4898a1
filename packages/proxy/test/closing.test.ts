import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { listening, servedVendor, sessionAt } from "./feature-support.ts";

/** A proxy with one response in progress. */
async function withSlowResponse() {
  const arrived = Promise.withResolvers<ServerResponse>();
  const at = await servedVendor({ "/slow": (_, response) => arrived.resolve(response) });
  const running = await listening({ session: sessionAt(at) });
  const answer = running.call("/slow");
  return { ...running, answer, vendor: await arrived.promise };
}

test("within the grace period, a response in progress finishes, and new requests receive 503", async () => {
  const { proxy, call, url, answer, vendor } = await withSlowResponse();
  const closed = proxy.close({ grace: 60_000 });
  const refused = await call("/api/v1/me");
  expect([refused.status, refused.headers.get("vms-proxy-error")]).toEqual([503, "stopping"]);
  const probe = await fetch(`${url}/ready`);
  expect([probe.status, await probe.text()]).toEqual([503, "not ready\n"]);
  expect((await call("/metrics")).status).toBe(200);
  vendor.end("complete");
  expect(await (await answer).text()).toBe("complete");
  await closed;
  await expect(fetch(`${url}/ready`)).rejects.toThrow();
});

test("after the grace period, a response in progress is cut off", async () => {
  const { proxy, answer } = await withSlowResponse();
  const cut = expect(answer).rejects.toThrow();
  await proxy.close({ grace: 50 });
  await cut;
});

test("a second call of close without grace closes the proxy at once", async () => {
  const { proxy, answer } = await withSlowResponse();
  const cut = expect(answer).rejects.toThrow();
  const first = proxy.close({ grace: 60_000 });
  await proxy.close();
  await first;
  await cut;
});

test("idle connections and WebSockets are not waited for", async () => {
  const at = await servedVendor();
  const sockets = new WebSocketServer({ server: at.server });
  const { proxy, call, url, bearer } = await listening({ session: sessionAt(at) });
  // Leaves an idle connection.
  await (await call("/api/v1/me")).text();
  const socket = new WebSocket(`${url.replace("http", "ws")}/events`, { headers: bearer });
  await once(socket, "open");
  const end = once(socket, "close");
  await proxy.close({ grace: 600_000 });
  await end;
  sockets.close();
});
