import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { type Deployment, describeDeployments, type TestClient } from "./servers/deployments.ts";
import { until } from "./until.ts";

const LOST = { code: "store_failed", vendor: "redis", retryable: true };

describeDeployments("with %s", (start) => {
  let deployment: Deployment;
  let one: TestClient;
  let other: TestClient;
  beforeAll(async () => {
    deployment = await start();
    one = await deployment.connect();
    other = await deployment.connect();
  });
  afterAll(async () => {
    one?.destroy();
    other?.destroy();
    await deployment?.close();
  });

  test("a lease writes like `set`: with a TTL, without one, or not at all if the value has expired", async () => {
    const store = redisStore(one);
    await store.withLock("written", async (lease) => {
      await lease.set("written", "ü€🔒\r\n\0", { expiresAt: Date.now() + 60_000 });
      expect(await redisStore(other).get("written")).toBe("ü€🔒\r\n\0");
      const ttl = await other.pTTL("vms:{written}");
      expect(ttl).toBeGreaterThan(55_000);
      expect(ttl).toBeLessThanOrEqual(60_000);
      for (const expiresAt of [undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE]) {
        await lease.set("written", "endless", expiresAt === undefined ? {} : { expiresAt });
        expect(await other.pTTL("vms:{written}")).toBe(-1);
      }
      for (const expiresAt of [Date.now() - 1, 0, Number.NEGATIVE_INFINITY]) {
        await lease.set("written", "made-up-value");
        await lease.set("written", "another-value", { expiresAt });
        expect(await store.get("written")).toBeUndefined();
      }
    });
  });

  test("a lease whose lock was deleted by another client writes nothing and rejects", async () => {
    const store = redisStore(one, { lockTtl: 60_000 });
    await store.withLock("gone", async (lease) => {
      await lease.set("gone", "first");
      await other.del("vms:{gone}:lock");
      for (const options of [{}, { expiresAt: Date.now() + 60_000 }, { expiresAt: 1 }]) {
        const error = await lease.set("gone", "made-up-canary", options).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ ...LOST, message: expect.stringContaining("the lock was lost") });
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("made-up-canary");
      }
      expect(await store.get("gone")).toBe("first");
      expect(lease.signal.aborted).toBe(false);
    });
  });

  test("a lease whose lock another client holds does not overwrite what that client has written", async () => {
    const first = redisStore(one, { lockTtl: 60_000 });
    const second = redisStore(other);
    await first.withLock("taken", async (late) => {
      await other.pExpire("vms:{taken}:lock", 1);
      await second.withLock("taken", async (lease) => {
        await lease.set("taken", "newer");
        await expect(late.set("taken", "late")).rejects.toMatchObject(LOST);
        expect(await second.get("taken")).toBe("newer");
      });
      await expect(late.set("taken", "late")).rejects.toMatchObject(LOST);
    });
    expect(await second.get("taken")).toBe("newer");
  });

  test("a lease that is used after its run writes nothing and rejects", async () => {
    const store = redisStore(one);
    const kept = await store.withLock("kept", async (lease) => lease);
    await expect(kept.set("kept", "late")).rejects.toMatchObject({
      ...LOST,
      message: expect.stringContaining("already released"),
    });
    expect(await store.get("kept")).toBeUndefined();
  });

  test("a lease refuses another key, which may be in another slot", async () => {
    const store = redisStore(one);
    await store.withLock("locked", async (lease) => {
      await expect(lease.set("another", "value")).rejects.toMatchObject({ code: "store_failed", retryable: false });
    });
    expect(await store.get("another")).toBeUndefined();
  });

  test("a lease whose signal has aborted writes nothing, even if the lock exists again", async () => {
    const store = redisStore(one, { lockTtl: 300 });
    await store.withLock("again", async (lease) => {
      const token = String(await other.get("vms:{again}:lock"));
      await other.del("vms:{again}:lock");
      await until(() => lease.signal.aborted);
      await other.set("vms:{again}:lock", token);
      await expect(lease.set("again", "late")).rejects.toMatchObject(LOST);
      expect(await store.get("again")).toBeUndefined();
      await other.del("vms:{again}:lock");
    });
  });

  test("a write that `run` did not await finishes before the lock is free", async () => {
    let write: Promise<void> | undefined;
    await redisStore(one).withLock("begun", async (lease) => {
      write = lease.set("begun", "value");
    });
    expect(await redisStore(other).withLock("begun", () => redisStore(other).get("begun"))).toBe("value");
    await write;
  });
});
