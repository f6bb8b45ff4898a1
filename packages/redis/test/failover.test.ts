import { createCluster } from "redis";
import { afterEach, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { startLoad, untilShared } from "./load.ts";
import { startCluster } from "./servers/cluster.ts";
import { simulateAlta } from "./simulated-vendor.ts";
import { until } from "./until.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const HOSTS = 4;

test("no call fails if a cluster's primary is replaced or killed, and sessions return to the store afterwards", async () => {
  const cluster = await startCluster(true);
  closing.push(() => cluster.close());
  const alta = simulateAlta();
  const stores = await Promise.all(
    Array.from({ length: HOSTS }, async () => {
      const client = createCluster({ rootNodes: cluster.rootNodes }).on("error", () => {});
      closing.push(() => client.destroy());
      return redisStore(await client.connect(), { lockTtl: 1_000 });
    }),
  );
  const hosts = stores.map((store) => alta.session(store));
  const load = startLoad(hosts, alta.path);
  closing.push(() => load.stop());
  const expectBack = (since: number) => untilShared(hosts, since, () => alta.session(stores[0]!));
  await expectBack(0);
  expect(load.failures()).toBe(0);

  const { replica } = await cluster.shard();
  await replica.tell("CLUSTER", "FAILOVER");
  await until(async () => (await cluster.shard()).primary === replica);
  await expectBack(Date.now());

  const shard = await cluster.shard();
  const before = load.failures();
  await shard.primary.stop();
  await until(async () => String(await shard.replica.tell("INFO", "replication")).includes("role:master"));
  await expectBack(Date.now());
  // The clients retry the old primary for 5 s before they look for another one. The sessions must notice that.
  expect(load.failures()).toBeGreaterThan(before);

  await load.stop();
  expect(load.wrong).toEqual([]);
  expect(load.calls.every((calls) => calls > 1_000)).toBe(true);
  expect(load.longest).toBeLessThan(10_000);
});
