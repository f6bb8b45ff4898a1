import { inspect } from "node:util";
import { createClient } from "redis";
import { expect, test } from "vitest";
import { type RedisClient, redisStore } from "../src/index.ts";

test("no message quotes Redis's error text, which contains keys and values", async () => {
  const quoting = async () => {
    throw new Error("ERR unknown command 'SET', with args beginning with: 'vms:{operator}' 'made-up-token'");
  };
  const strange = async () => {
    throw "made-up-token";
  };
  const base: RedisClient = {
    get: quoting,
    set: quoting,
    del: quoting,
    eval: quoting,
    on() {},
    listenerCount: () => 1,
  };
  for (const answer of [quoting, strange]) {
    const store = redisStore({ ...base, get: answer, set: answer, del: answer, eval: answer });
    for (const run of [
      () => store.get("operator"),
      () => store.set("operator", "made-up-token"),
      () => store.delete("operator"),
      () => store.withLock("operator", async () => {}),
    ]) {
      const error: unknown = await run().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "store_failed", vendor: "redis", retryable: true });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/made-up-token|\{operator\}|'operator'/);
    }
  }
  // The lock is acquired, and then all commands fail.
  const set: RedisClient["set"] = async (_key, _value, options) => (options?.condition === "XX" ? null : "OK");
  const locking: RedisClient = { ...base, set };
  await redisStore(locking).withLock("operator", async (lease) => {
    const error: unknown = await lease.set("operator", "made-up-token").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "store_failed", vendor: "redis", retryable: true });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/made-up-token|\{operator\}|'operator'/);
  });
  const buffers = redisStore({ ...locking, get: async () => Buffer.from("made-up-value") });
  expect(await buffers.get("key")).toBe("made-up-value");
  const numbers = redisStore({ ...locking, get: async () => 7 });
  await expect(numbers.get("key")).rejects.toMatchObject({ code: "store_failed" });
});

test.for([
  [undefined, {}, "client"],
  [{}, {}, "client"],
  [{ canary: "made-up-canary" }, {}, "client"],
  ["client", { prefix: "made-up-canary{" }, "`prefix`"],
  ["client", { prefix: 7 }, "`prefix`"],
  ["client", { lockTtl: 99 }, "`lockTtl`"],
  ["client", { lockTtl: 1000.5 }, "`lockTtl`"],
  ["client", { lockTtl: "made-up-canary" }, "`lockTtl`"],
  ["client", { lockTtl: Number.POSITIVE_INFINITY }, "`lockTtl`"],
  ["client", null, "options"],
] as const)("a wrong argument is invalid_options that names it without its value: %#", ([given, options, named]) => {
  const made = given === "client" ? createClient() : given;
  const make = () => redisStore(made as RedisClient, options as never);
  expect(make).toThrow(expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(named) }));
  expect(make).not.toThrow(/made-up-canary/);
});
