import { storeContract } from "@vms/test-suite";
import { Redis as IORedis6 } from "ioredis";
import { Redis as IORedis5 } from "ioredis5";
import { createClient as createClient6 } from "redis";
import { createClient as createClient4 } from "redis4";
import { createClient as createClient5, createCluster as createCluster5 } from "redis5";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisClient, redisStore } from "../src/index.ts";
import { makeVendor } from "./fake-vendor.ts";
import { startCluster } from "./servers/cluster.ts";
import { type RedisServer, startRedis } from "./servers/redis-server.ts";

let server: RedisServer;
let url: string;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  server = await startRedis();
  url = `redis://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await server?.close();
});

const ignore = () => {};

async function connect6(): Promise<ReturnType<typeof createClient6>> {
  const client = createClient6({ url }).on("error", ignore) as ReturnType<typeof createClient6>;
  await client.connect();
  closing.push(() => client.destroy());
  return client;
}

async function connect5(): Promise<RedisClient> {
  const client = createClient5({ url });
  await client.on("error", ignore).connect();
  closing.push(() => client.destroy());
  return client;
}

async function connectCluster5(): Promise<RedisClient> {
  const { rootNodes, close } = await startCluster();
  const cluster = createCluster5({ rootNodes });
  await cluster.on("error", ignore).connect();
  closing.push(close, () => cluster.destroy());
  return cluster;
}

async function connect4(options?: { legacyMode: true }): Promise<RedisClient> {
  const client = createClient4({ url, ...options });
  await client.on("error", ignore).connect();
  closing.push(() => client.disconnect());
  return client as unknown as RedisClient;
}

async function connectIo(connect: (url: string) => IORedis5 | IORedis6): Promise<RedisClient> {
  const client = connect(url);
  client.on("error", ignore);
  closing.push(() => client.disconnect());
  return client as unknown as RedisClient;
}

describe.each([
  ["a client of node-redis 5", connect5],
  ["a cluster's client of node-redis 5", connectCluster5],
] as const)("with %s, redisStore fulfils the contract of a store", (_, connect) => {
  let client: RedisClient;
  let run = 0;
  beforeAll(async () => {
    client = await connect();
  });
  storeContract(
    test,
    () => {
      const prefix = `vms-${run++}:`;
      const loseLock = (name: string) => client.del(`${prefix}{${name}}:lock`);
      return { store: redisStore(client, { prefix }), again: () => redisStore(client, { prefix }), loseLock };
    },
    { locks: true, timeout: 25_000 },
  );
});

describe.each([
  ["node-redis 4", () => connect4()],
  ["node-redis 4 in its legacy mode", () => connect4({ legacyMode: true })],
  ["ioredis 5", () => connectIo((to) => new IORedis5(to))],
  ["ioredis 6", () => connectIo((to) => new IORedis6(to))],
] as const)("a client of %s", (_, connect) => {
  const refused = {
    code: "invalid_options",
    message: expect.stringContaining("node-redis 5 or 6 (`redis` or `@redis/client`)"),
  };

  test("is refused at each use of the store, and leaves nothing in Redis", async () => {
    const admin = await connect6();
    const uses = [
      (store: ReturnType<typeof redisStore>) => store.get("key"),
      (store: ReturnType<typeof redisStore>) => store.set("key", "made-up-value"),
      (store: ReturnType<typeof redisStore>) => store.withLock("key", async () => {}),
    ];
    for (const use of uses) {
      const store = redisStore(await connect());
      for (let time = 0; time < 2; time++) await expect(use(store)).rejects.toMatchObject(refused);
    }
    expect(await admin.keys("*")).toEqual([]);
  });

  test("makes the first call of a session fail with the reason, before it signs in", async () => {
    const vendor = makeVendor();
    const { session, failures } = vendor.session(redisStore(await connect()));
    await expect(session.fetch("things")).rejects.toMatchObject(refused);
    await expect(session.renew()).rejects.toMatchObject(refused);
    expect(vendor.logins).toBe(0);
    expect(failures[0]?.error).toMatchObject({
      retryable: false,
      message: expect.stringContaining("node-redis 5 or 6"),
    });
  });
});

describe("the check of a supported client", () => {
  test("sends one command per store, however many first uses run concurrently", async () => {
    const client = await connect6();
    const sent: unknown[][] = [];
    const set: RedisClient["set"] = (...args) => {
      sent.push(args);
      return client.set(...args);
    };
    const counting = new Proxy(client, { get: (target, name) => (name === "set" ? set : Reflect.get(target, name)) });
    const store = redisStore(counting);
    await Promise.all(Array.from({ length: 5 }, (_, i) => store.get(`key-${i}`)));
    await store.get("key-1");
    expect(sent).toEqual([
      [expect.stringMatching(/^vms:\{key-0\}:/), "", { condition: "XX", expiration: { type: "PX", value: 1 } }],
    ]);
    expect(await client.keys("*")).toEqual([]);
  });

  test("is repeated after a failure of Redis", async () => {
    const client = await connect6();
    const answers = [
      () => Promise.reject(new Error("READONLY You can't write against a read only replica.")),
      () => Promise.resolve(null),
    ];
    const set = () => answers.shift()?.() ?? Promise.reject(new Error("one check is enough"));
    const store = redisStore(
      new Proxy(client, { get: (target, name) => (name === "set" ? set : Reflect.get(target, name)) }),
    );
    await expect(store.get("key")).rejects.toMatchObject({ code: "store_failed" });
    expect(await store.get("key")).toBeUndefined();
    expect(await store.get("key")).toBeUndefined();
  });
});
