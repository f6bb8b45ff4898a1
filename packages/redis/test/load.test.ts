import { createClient } from "redis";
import { afterEach, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { makeVendor } from "./fake-vendor.ts";
import { startLoad } from "./load.ts";
import { startProxy } from "./servers/proxy.ts";
import { startRedis } from "./servers/redis-server.ts";
import { until } from "./until.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const HOSTS = 4;

async function server() {
  const redis = await startRedis();
  closing.push(() => redis.close());
  const admin = await createClient({ url: `redis://127.0.0.1:${redis.port}` })
    .on("error", () => {})
    .connect();
  closing.push(() => admin.destroy());
  return Object.assign(redis, { tell: (...command: string[]) => admin.sendCommand(command) });
}

async function way(target: number) {
  const proxy = await startProxy(target);
  closing.push(() => proxy.close());
  return proxy;
}

/** Hosts under load, with clients that connect in the background, and a vendor that keeps ending sessions. */
function underLoad(port: number) {
  const vendor = makeVendor();
  const stores = Array.from({ length: HOSTS }, () => {
    const client = createClient({ url: `redis://127.0.0.1:${port}` }).on("error", () => {});
    client.connect().catch(() => {});
    closing.push(() => client.destroy());
    return redisStore(client, { lockTtl: 1_000 });
  });
  const load = startLoad(
    stores.map((store) => vendor.session(store)),
    "zones",
    () => vendor.revocations,
  );
  closing.push(() => load.stop());
  /** Ends all sessions twice. Each time, waits until each host has made 100 more calls. */
  const goOn = async () => {
    for (let round = 0; round < 2; round++) {
      vendor.revoke();
      await load.goOn(100);
    }
  };
  /** Waits until calls report no more store failures, and a new session finds the session of the others. */
  const expectBack = async (name: string) => {
    await until(async () => {
      const before = load.failures();
      await goOn();
      return load.failures() === before;
    });
    const newcomer = vendor.session(stores[0]!);
    expect((await newcomer.session.fetch("zones")).status, name).toBe(200);
    expect(newcomer.from, name).toEqual(["store"]);
    expect(newcomer.failures, name).toEqual([]);
  };
  /** An outage that the hosts must notice, and the function that ends it. */
  const outage = async (name: string, begin: () => unknown, end: () => unknown) => {
    await goOn();
    const before = load.failures();
    await begin();
    await goOn();
    await end();
    expect(load.failures(), name).toBeGreaterThan(before);
    await expectBack(name);
  };
  const expectServed = async () => {
    await load.stop();
    expect(load.wrong).toEqual([]);
    expect(load.calls.every((calls) => calls > 1_000)).toBe(true);
    // One unanswered command and one login. The rest is for a busy machine.
    expect(load.longest).toBeLessThan(10_000);
  };
  return { load, goOn, outage, expectBack, expectServed };
}

test("no call fails if Redis is not started yet, stopped, restarted, silent, full, paused, locked or cut off", async () => {
  const redis = await server();
  const proxy = await way(redis.port);
  await redis.stop();
  const { load, goOn, outage, expectBack, expectServed } = underLoad(proxy.port);

  await goOn();
  expect(load.failures()).toBeGreaterThan(0);
  await redis.start();
  await expectBack("down at the start");
  await outage(
    "stopped and started again, empty",
    () => redis.stop(),
    () => redis.start(),
  );
  await outage(
    "restarted under the load",
    async () => {
      await redis.stop();
      await redis.start();
      await redis.stop();
    },
    () => redis.start(),
  );
  await outage(
    "silent",
    () => proxy.silence(),
    () => proxy.leadTo(redis.port),
  );
  await outage(
    "full",
    () => redis.tell("CONFIG", "SET", "maxmemory", "1"),
    () => redis.tell("CONFIG", "SET", "maxmemory", "0"),
  );
  await outage(
    "paused",
    () => redis.tell("CLIENT", "PAUSE", "60000", "WRITE"),
    () => redis.tell("CLIENT", "UNPAUSE"),
  );
  await outage(
    "asking for a password that the clients do not have",
    async () => {
      await redis.tell("CONFIG", "SET", "requirepass", "made-up-password");
      proxy.cut();
    },
    () => redis.tell("CONFIG", "SET", "requirepass", ""),
  );
  for (let i = 0; i < 20; i++) {
    proxy.cut();
    await goOn();
  }
  await expectServed();
}, 180_000);

test("no call fails if the server becomes a read-only replica or is failed over", async () => {
  const [one, other] = [await server(), await server()];
  const proxy = await way(one.port);
  const follow = async (replica: typeof one, primary: typeof one) => {
    await replica.tell("REPLICAOF", "127.0.0.1", String(primary.port));
    await until(async () => String(await replica.tell("INFO", "replication")).includes("master_link_status:up"));
  };
  for (const { tell } of [one, other]) await tell("CONFIG", "SET", "repl-diskless-sync-delay", "0");
  await follow(other, one);
  const { outage, expectServed } = underLoad(proxy.port);

  await outage(
    "switched over, with the clients still connected to the old primary, now a replica",
    async () => {
      await other.tell("REPLICAOF", "NO", "ONE");
      await follow(one, other);
    },
    () => proxy.leadTo(other.port),
  );
  await outage(
    "failed over to a replica that is promoted late",
    async () => {
      await other.stop();
      proxy.leadTo(one.port);
    },
    () => one.tell("REPLICAOF", "NO", "ONE"),
  );
  await expectServed();
}, 180_000);
