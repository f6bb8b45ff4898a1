import { createClient, createClientPool, createCluster, createSentinel, RESP_TYPES } from "redis";
import { expect, expectTypeOf, test } from "vitest";
import { type RedisClient, redisStore } from "../src/index.ts";

// These clients are only passed to the store, and never connect.
test("every client of the package `redis` is accepted, with any type parameters", () => {
  const clients = [
    createClient(),
    createClient({ RESP: 2 }),
    createClient({ scripts: {}, functions: {}, modules: {} }),
    createClient().withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }),
    createCluster({ rootNodes: [{ url: "redis://127.0.0.1:1" }] }),
    createCluster({ rootNodes: [{ url: "redis://127.0.0.1:1" }], RESP: 2 }),
    createClientPool(),
    createSentinel({ name: "made-up", sentinelRootNodes: [{ host: "127.0.0.1", port: 1 }] }),
  ] satisfies RedisClient[];
  for (const client of clients) expect(redisStore(client)).toHaveProperty("withLock");
  expectTypeOf(redisStore).parameter(0).toEqualTypeOf<RedisClient>();
  expectTypeOf<ReturnType<typeof createClient>>().toExtend<RedisClient>();
  expectTypeOf<ReturnType<typeof createCluster>>().toExtend<RedisClient>();
  expectTypeOf<ReturnType<typeof createClientPool>>().toExtend<RedisClient>();
});

test("a client without an error listener gets one; a client's own listener is not changed", () => {
  const bare = createClient();
  redisStore(bare);
  redisStore(bare);
  expect(bare.listenerCount("error")).toBe(1);
  const listened = createClient().on("error", () => {});
  redisStore(listened);
  expect(listened.listenerCount("error")).toBe(1);
});
