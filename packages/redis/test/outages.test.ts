import { inspect } from "node:util";
import { createClient, createClientPool, createCluster } from "redis";
import { afterEach, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { makeVendor } from "./fake-vendor.ts";
import { startProxy } from "./servers/proxy.ts";
import { freePort, startRedis } from "./servers/redis-server.ts";
import { until } from "./until.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server behind a connection that can be cut, and an admin client of the server. */
async function redis() {
  const server = await startRedis();
  const proxy = await startProxy(server.port);
  const admin = await createClient({ url: `redis://127.0.0.1:${server.port}` })
    .on("error", () => {})
    .connect();
  closing.push(
    () => server.close(),
    () => proxy.close(),
    () => admin.destroy(),
  );
  const tell = (...command: string[]) => admin.sendCommand(command);
  const direct = `redis://127.0.0.1:${server.port}`;
  return { server, proxy, tell, admin, direct, url: `redis://127.0.0.1:${proxy.port}` };
}

/** A client that connects in the background. */
function client(options: Parameters<typeof createClient>[0]) {
  const made = createClient(options).on("error", () => {});
  made.connect().catch(() => {});
  closing.push(() => made.destroy());
  return made;
}

async function ready(options: Parameters<typeof createClient>[0]) {
  const made = client(options);
  await until(() => made.isReady);
  return made;
}

/** Checks what holds in each outage: the call succeeds in a limited time, and the event says why the store was not used. */
async function expectServed(store: ReturnType<typeof redisStore>, why: RegExp) {
  const vendor = makeVendor();
  const watched = vendor.session(store);
  const started = performance.now();
  expect((await watched.session.fetch("zones")).status).toBe(200);
  expect(performance.now() - started).toBeLessThan(4_500);
  expect(watched.failures.length).toBeGreaterThan(0);
  const shown = watched.failures.map(({ error }) => error.message).join("\n");
  expect(shown).toMatch(why);
  expect(inspect(watched.failures, { depth: 9 })).not.toMatch(/operator|made-up-token|made-up-password/);
  return { vendor, watched };
}

/** Checks what holds after an outage: the same session stores its next login, and another session finds it. */
async function expectBack(
  store: ReturnType<typeof redisStore>,
  { vendor, watched }: Awaited<ReturnType<typeof expectServed>>,
) {
  await until(async () => {
    const before = watched.failures.length;
    await watched.session.renew();
    return watched.failures.length === before;
  });
  const logins = vendor.logins;
  const another = vendor.session(store);
  expect((await another.session.fetch("zones")).status).toBe(200);
  expect(another.from).toEqual(["store"]);
  expect(vendor.logins).toBe(logins);
}

test("Redis down at the start: the session works from memory, and returns to the store when Redis starts", async () => {
  const { server, direct } = await redis();
  await server.stop();
  const store = redisStore(client({ url: direct }));
  const state = await expectServed(store, /did not answer in 2000 ms.*\n.*not yet answered an earlier command/s);
  await server.start();
  await expectBack(store, state);
});

test("Redis stopped during use: the session works from memory, and returns to the store", async () => {
  const { server, url } = await redis();
  const store = redisStore(await ready({ url }));
  const vendor = makeVendor();
  const watched = vendor.session(store);
  await watched.session.fetch("zones");
  expect(watched.failures).toEqual([]);
  await server.stop();
  vendor.revoke();
  expect((await watched.session.fetch("zones")).status).toBe(200);
  expect(watched.failures.length).toBeGreaterThan(0);
  await server.start();
  await expectBack(store, { vendor, watched });
});

test("calls after an outage store the session of a login during it", async () => {
  const { server, admin, url } = await redis();
  const store = redisStore(await ready({ url }));
  await server.stop();
  const { vendor, watched } = await expectServed(
    store,
    /Redis (cannot be reached|did not answer|has not yet answered)|client is not connected/,
  );
  await server.start();
  await until(async () => {
    expect((await watched.session.fetch("zones")).status).toBe(200);
    return (await admin.keys("*")).length > 0;
  });
  const another = vendor.session(store);
  expect((await another.session.fetch("zones")).status).toBe(200);
  expect(another.from).toEqual(["store"]);
  expect(vendor.logins).toBe(1);
});

test("a client without an offline queue fails immediately", async () => {
  const { server, url } = await redis();
  await server.stop();
  const store = redisStore(client({ url, disableOfflineQueue: true }));
  const started = performance.now();
  const state = await expectServed(store, /cannot be reached \(ClientOfflineError\)/);
  expect(performance.now() - started).toBeLessThan(1_000);
  await server.start();
  await expectBack(store, state);
});

test("a client that is not connected, or closed, fails immediately with that reason", async () => {
  const { url } = await redis();
  const forgotten = createClient({ url });
  await expectServed(redisStore(forgotten), /not connected. Call `connect\(\)` on the client/);
  const closed = await createClient({ url })
    .on("error", () => {})
    .connect();
  closed.destroy();
  await expectServed(redisStore(closed), /not connected. Call `connect\(\)` on the client/);
});

test("a read-only replica: the session works from memory until it is a primary again", async () => {
  const { tell, url } = await redis();
  const store = redisStore(await ready({ url }));
  await tell("REPLICAOF", "127.0.0.1", String(await freePort()));
  const state = await expectServed(store, /the error READONLY/);
  await tell("REPLICAOF", "NO", "ONE");
  await expectBack(store, state);
});

test("a primary without its required replicas: the session works from memory", async () => {
  const { tell, url } = await redis();
  const store = redisStore(await ready({ url }));
  await tell("CONFIG", "SET", "min-replicas-to-write", "1");
  const state = await expectServed(store, /the error NOREPLICAS/);
  await tell("CONFIG", "SET", "min-replicas-to-write", "0");
  await expectBack(store, state);
});

test("a server that pauses its clients: calls wait for one command, not for each", async () => {
  const { tell, url } = await redis();
  const store = redisStore(await ready({ url }));
  // This outage cannot be ended early, because it also blocks the command that would end it.
  await tell("CLIENT", "PAUSE", "3000", "ALL");
  const state = await expectServed(store, /did not answer in 2000 ms.*\n.*not yet answered an earlier command/s);
  await expectBack(store, state);
});

test("a network that drops everything: the session works from memory, and returns to the store", async () => {
  const { server, proxy, url } = await redis();
  const store = redisStore(await ready({ url }));
  proxy.silence();
  const state = await expectServed(store, /did not answer in 2000 ms/);
  proxy.leadTo(server.port);
  await expectBack(store, state);
});

test.for([2, 3] as const)(
  "NOAUTH, with RESP%i: the session works from memory until the server lets the client in",
  async (RESP) => {
    const { tell, url } = await redis();
    await tell("CONFIG", "SET", "requirepass", "made-up-password");
    const store = redisStore(client({ url, RESP }));
    const state = await expectServed(store, /the error NOAUTH|did not answer in 2000 ms/);
    await tell("CONFIG", "SET", "requirepass", "");
    await expectBack(store, state);
  },
);

test("a user without permission: NOPERM is named, and no key", async () => {
  const { tell, url } = await redis();
  await tell("ACL", "SETUSER", "limited", "on", "nopass", "~*", "+hello", "+client");
  const store = redisStore(await ready({ url, username: "limited", password: "made-up-password" }));
  const state = await expectServed(store, /the error NOPERM/);
  await tell("ACL", "SETUSER", "limited", "+@all");
  await expectBack(store, state);
});

test("Redis out of memory without eviction: the session works from memory, and can still sign out", async () => {
  const { tell, url } = await redis();
  const store = redisStore(await ready({ url }));
  const vendor = makeVendor();
  const watched = vendor.session(store);
  await watched.session.fetch("zones");
  await tell("CONFIG", "SET", "maxmemory-policy", "noeviction");
  await tell("CONFIG", "SET", "maxmemory", "1");
  const elsewhere = redisStore(await ready({ url }), { prefix: "other:" });
  const state = await expectServed(elsewhere, /the error OOM/);
  await watched.session.logout();
  expect(watched.failures).toEqual([]);
  await tell("CONFIG", "SET", "maxmemory", "0");
  await expectBack(elsewhere, state);
});

test("an unreachable cluster or pool: the session works from memory", async () => {
  const url = `redis://127.0.0.1:${await freePort()}`;
  const cluster = createCluster({ rootNodes: [{ url }] }).on("error", () => {});
  cluster.connect().catch(() => {});
  closing.push(() => cluster.destroy());
  await expectServed(
    redisStore(cluster),
    /Redis (cannot be reached|did not answer|has not yet answered)|client is not connected/,
  );
  const pool = createClientPool({ url }).on("error", () => {});
  pool.connect().catch(() => {});
  closing.push(() => pool.destroy());
  await expectServed(
    redisStore(pool),
    /Redis (cannot be reached|did not answer|has not yet answered)|client is not connected/,
  );
});

test("a lock whose holder can no longer reach Redis is lost at the end of its TTL, not later", async () => {
  const { server, proxy, url, admin } = await redis();
  for (const fault of [() => proxy.silence(), () => proxy.leadTo(1)]) {
    const store = redisStore(await ready({ url }), { lockTtl: 600 });
    const { took, left } = await store.withLock("cut", async ({ signal }) => {
      const started = performance.now();
      fault();
      await until(() => signal.aborted);
      return { took: performance.now() - started, left: await admin.pTTL("vms:{cut}:lock") };
    });
    expect(took).toBeGreaterThan(300);
    expect(took).toBeLessThan(1_000);
    expect(left).toBeLessThan(200);
    proxy.leadTo(server.port);
  }
});

test("a disconnection shorter than the TTL does not lose the lock", async () => {
  const { proxy, url } = await redis();
  const store = redisStore(await ready({ url }), { lockTtl: 2_000 });
  await store.withLock("kept", async ({ signal }) => {
    const end = performance.now() + 3_000;
    proxy.cut();
    await until(() => performance.now() > end);
    expect(signal.aborted).toBe(false);
  });
});

test("a lock that is acquired after its caller has left is released", async () => {
  const { tell, url, admin } = await redis();
  const made = await ready({ url });
  await tell("CLIENT", "PAUSE", "60000", "WRITE");
  const waiting = redisStore(made, { lockTtl: 60_000 }).withLock("late", async () => "never");
  await expect(waiting).rejects.toMatchObject({ code: "store_failed" });
  await tell("CLIENT", "UNPAUSE");
  await made.ping();
  await until(async () => (await admin.exists("vms:{late}:lock")) === 0);
});

test("releases and deletions are not waited for while Redis is silent, and take effect when Redis is back", async () => {
  const { tell, url, admin } = await redis();
  const store = redisStore(await ready({ url }), { lockTtl: 3_000 });
  await store.set("silent", "made-up-value");
  await store.withLock("silent", async ({ signal }) => {
    await tell("CLIENT", "PAUSE", "60000", "WRITE");
    await expect(store.set("silent", "another-value")).rejects.toThrow("did not answer in 2000 ms");
    expect(signal.aborted).toBe(false);
  });
  await expect(store.delete("silent")).rejects.toThrow("not yet answered an earlier command");
  const before = performance.now();
  await tell("CLIENT", "UNPAUSE");
  await until(async () => (await admin.exists(["vms:{silent}", "vms:{silent}:lock"])) === 0);
  expect(performance.now() - before).toBeLessThan(1_500);
});
