import { createClient } from "redis";
import { afterEach, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { startProxy } from "./servers/proxy.ts";
import { startRedis } from "./servers/redis-server.ts";
import { until } from "./until.ts";
import { makeVendor } from "./vendor.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const HOSTS = 4;
const CALLERS = 5;

test("no call fails that the vendor would have served, while Redis is cut, stopped, restarted, failed over and filled", async () => {
  const primary = await startRedis();
  const replica = await startRedis();
  const proxy = await startProxy(primary.port);
  closing.push(
    () => primary.close(),
    () => replica.close(),
    () => proxy.close(),
  );
  const adminOf = async (port: number) => {
    const admin = await createClient({ url: `redis://127.0.0.1:${port}` })
      .on("error", () => {})
      .connect();
    closing.push(() => admin.destroy());
    return (...command: string[]) => admin.sendCommand(command);
  };
  const [onPrimary, onReplica] = [await adminOf(primary.port), await adminOf(replica.port)];
  const follow = async () => {
    await onReplica("REPLICAOF", "127.0.0.1", String(primary.port));
    await until(async () => String(await onReplica("INFO", "replication")).includes("master_link_status:up"));
  };
  await onPrimary("CONFIG", "SET", "repl-diskless-sync-delay", "0");
  await follow();

  const vendor = makeVendor();
  const hosts = await Promise.all(
    Array.from({ length: HOSTS }, async () => {
      const client = createClient({ url: `redis://127.0.0.1:${proxy.port}` }).on("error", () => {});
      closing.push(() => client.destroy());
      const store = redisStore(await client.connect(), { lockTtl: 1_000 });
      return { store, calls: 0, ...vendor.session(store) };
    }),
  );

  // The load: callers without a pause, and a vendor that keeps ending sessions so that logins go on.
  const wrong: unknown[] = [];
  let over = false;
  const load = hosts.flatMap((host) =>
    Array.from({ length: CALLERS }, async () => {
      while (!over) {
        try {
          const { status } = await host.session.fetch("zones");
          // A session that was ended between login and call is the vendor's own refusal.
          if (status !== 200 && status !== 401) wrong.push(status);
        } catch (error) {
          wrong.push(error);
        }
        host.calls++;
      }
    }),
  );
  const failures = () => hosts.reduce((sum, host) => sum + host.failures.length, 0);
  /** Until every host has gone on through two logins' worth of calls. */
  const goOn = async () => {
    for (let round = 0; round < 2; round++) {
      vendor.revoke();
      const goals = hosts.map(({ calls }) => calls + 100);
      await until(() => hosts.every(({ calls }, i) => calls >= goals[i]!));
    }
  };
  /** An outage that must be noticed, and what ends it; after it, a new session finds what the others keep. */
  const outage = async (name: string, begin: () => unknown, end: () => unknown) => {
    await goOn();
    const before = failures();
    await begin();
    await goOn();
    await end();
    expect(failures(), name).toBeGreaterThan(before);
    await until(async () => {
      const noticed = failures();
      await Promise.all(hosts.map(({ session }) => session.renew()));
      return failures() === noticed;
    });
    const newcomer = vendor.session(hosts[0]!.store);
    await newcomer.session.login();
    expect(newcomer.from, name).toEqual(["store"]);
  };

  await outage(
    "stopped and started again, empty",
    () => primary.stop(),
    () => primary.start(),
  );
  await outage(
    "silent",
    () => proxy.silence(),
    () => proxy.leadTo(primary.port),
  );
  await outage(
    "full",
    () => onPrimary("CONFIG", "SET", "maxmemory", "1"),
    () => onPrimary("CONFIG", "SET", "maxmemory", "0"),
  );
  await outage(
    "paused",
    () => onPrimary("CLIENT", "PAUSE", "60000", "WRITE"),
    () => onPrimary("CLIENT", "UNPAUSE"),
  );
  await outage(
    "restarted under the load",
    async () => {
      await primary.stop();
      await primary.start();
      await primary.stop();
    },
    () => primary.start(),
  );
  await follow();
  await outage(
    "failed over",
    async () => {
      await primary.stop();
      proxy.leadTo(replica.port); // still read-only
    },
    () => onReplica("REPLICAOF", "NO", "ONE"),
  );
  for (let i = 0; i < 20; i++) {
    proxy.cut();
    await goOn();
  }

  over = true;
  await Promise.all(load);
  expect(wrong).toEqual([]);
  expect(hosts.every(({ calls }) => calls > 1_000)).toBe(true);
}, 180_000);
