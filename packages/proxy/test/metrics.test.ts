import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type ListeningProxy, listening, servedVendor, sessionAt, WRONG_PASSWORD } from "./feature-support.ts";

/** The values by name and labels. */
async function metricsOf({ call }: ListeningProxy): Promise<Record<string, number>> {
  const response = await call("/metrics");
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

test("/metrics needs the token, and is read only", async () => {
  const { call, url } = await listening({ session: sessionAt(await servedVendor()) });
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  expect((await call("/metrics", { method: "POST" })).status).toBe(405);
});

test("requests, logins, resends and refusals are counted by session", async () => {
  const at = await servedVendor();
  const sessions = {
    acme: sessionAt(at, { lifetime: 3_600_000 }),
    bad: sessionAt(await servedVendor(), WRONG_PASSWORD),
  };
  const proxy = await listening({ sessions });
  expect(await metricsOf(proxy)).toMatchObject({
    'vms_proxy_logins_total{session="acme"}': 0,
    'vms_proxy_session_ready{session="acme"}': 0,
  });
  await proxy.call("/acme/api/v1/me");
  await proxy.call("/acme/api/v1/nothing", { method: "POST", body: "x" });
  at.simulator.revokeAll();
  await proxy.call("/acme/api/v1/me");
  await proxy.call("/bad/api/v1/me");
  await proxy.call("/nowhere");
  await fetch(`${proxy.url}/acme/api/v1/me`);
  await fetch(`${proxy.url}/acme/api/v1/me`, { method: "PROPFIND" });
  const metrics = await metricsOf(proxy);
  expect(metrics).toMatchObject({
    'vms_proxy_requests_total{session="acme",method="GET",status="200"}': 2,
    'vms_proxy_requests_total{session="acme",method="POST",status="404"}': 1,
    'vms_proxy_requests_total{session="acme",method="GET",status="401"}': 1,
    'vms_proxy_requests_total{session="acme",method="other",status="401"}': 1,
    'vms_proxy_requests_total{session="bad",method="GET",status="401"}': 1,
    'vms_proxy_refusals_total{session="acme",code="no_token"}': 2,
    'vms_proxy_refusals_total{session="bad",code="invalid_credentials"}': 1,
    'vms_proxy_refusals_total{session="",code="unknown_session"}': 1,
    'vms_proxy_logins_total{session="acme"}': 2,
    'vms_proxy_login_failures_total{session="bad",code="invalid_credentials"}': 1,
    'vms_proxy_rejections_total{session="acme",status="401"}': 1,
    'vms_proxy_resends_total{session="acme"}': 1,
    'vms_proxy_session_ready{session="acme"}': 1,
    'vms_proxy_session_ready{session="bad"}': 0,
    'vms_proxy_request_duration_seconds_count{session="acme"}': 5,
  });
  expect(metrics['vms_proxy_session_expires_in_seconds{session="acme"}']).toBeGreaterThan(0);
  expect(metrics).not.toHaveProperty('vms_proxy_session_expires_in_seconds{session="bad"}');
  expect(metrics.vms_proxy_connections).toBeGreaterThan(0);
});

test("a WebSocket is counted at its end, without a duration", async () => {
  const at = await servedVendor();
  const sockets = new WebSocketServer({ server: at.server });
  const proxy = await listening({ session: sessionAt(at) });
  const socket = new WebSocket(`${proxy.url.replace("http", "ws")}/events`, { headers: proxy.bearer });
  await once(socket, "open");
  const key = 'vms_proxy_requests_total{session="alta",method="GET",status="101"}';
  expect(await metricsOf(proxy)).not.toHaveProperty([key]);
  socket.close();
  await expect.poll(async () => (await metricsOf(proxy))[key]).toBe(1);
  expect(await metricsOf(proxy)).not.toHaveProperty(['vms_proxy_request_duration_seconds_count{session="alta"}']);
  sockets.close();
});

test("two proxies count separately, and a closed proxy listens to no event", async () => {
  const session = sessionAt(await servedVendor());
  const removed: string[] = [];
  let added = 0;
  const counted = new Proxy(session, {
    get(target, name) {
      if (name !== "on") return Reflect.get(target, name);
      return (...args: Parameters<typeof session.on>) => {
        added++;
        const remove = session.on(...args);
        return () => {
          removed.push(args[0]);
          remove();
        };
      };
    },
  });
  const [one, two] = [await listening({ session: counted }), await listening({ session })];
  await one.call("/api/v1/me");
  const key = 'vms_proxy_requests_total{session="alta",method="GET",status="200"}';
  expect((await metricsOf(one))[key]).toBe(1);
  expect(await metricsOf(two)).not.toHaveProperty([key]);
  await one.proxy.close();
  expect(added).toBeGreaterThan(5);
  expect(removed).toHaveLength(added);
});
