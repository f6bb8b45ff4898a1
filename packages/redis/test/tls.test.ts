import { createClient } from "redis";
import { afterEach, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { startLoad, untilShared } from "./load.ts";
import { startTlsRedis } from "./servers/tls.ts";
import { simulateAlta } from "./simulated-vendor.ts";
import { until } from "./until.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test("with TLS and a password, a second session uses the first one's session, and no call fails while the server restarts", async () => {
  const server = await startTlsRedis();
  closing.push(() => server.close());
  const store = async () => {
    const client = createClient(server.client).on("error", () => {});
    closing.push(() => client.destroy());
    return redisStore(await client.connect(), { lockTtl: 1_000 });
  };
  const alta = simulateAlta();
  const hosts = [alta.session(await store()), alta.session(await store())];
  for (const { session } of hosts) expect((await session.fetch(alta.path)).status).toBe(200);
  expect(hosts.map(({ from }) => from)).toEqual([["vendor"], ["store"]]);
  expect(alta.logins).toBe(1);

  const load = startLoad(hosts, alta.path);
  closing.push(() => load.stop());
  await load.goOn(100);
  expect(load.failures()).toBe(0);
  await server.stop();
  await until(() => hosts.every(({ failures }) => failures.length > 0));
  await server.start();
  const third = await store();
  await untilShared(hosts, Date.now(), () => alta.session(third));

  await load.stop();
  expect(load.wrong).toEqual([]);
  expect(load.longest).toBeLessThan(10_000);
});
