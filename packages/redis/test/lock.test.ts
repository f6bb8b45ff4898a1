import { afterAll, beforeAll, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { type Deployment, describeDeployments, type TestClient } from "./servers/deployments.ts";
import { until } from "./until.ts";

const aborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener("abort", () => resolve(signal.reason), { once: true });
  });

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

  test("a lock has one holder at a time, among clients and within one client", async () => {
    const stores = [redisStore(one), redisStore(other), redisStore(one)];
    let inside = 0;
    let most = 0;
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        stores[i % 3]!.withLock("alone", async () => {
          most = Math.max(most, ++inside);
          await one.exists("vms:{alone}");
          inside--;
          return i;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(results).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(await one.exists("vms:{alone}:lock")).toBe(0);
  });

  test("locks of two keys do not wait for each other", async () => {
    const store = redisStore(one);
    await store.withLock("first", () => redisStore(other).withLock("second", async () => {}));
  });

  test("the error of the function is thrown, and the lock is free", async () => {
    const store = redisStore(one);
    const fault = new Error("made-up fault");
    await expect(store.withLock("failing", () => Promise.reject(fault))).rejects.toBe(fault);
    const thrown = () => {
      throw fault;
    };
    await expect(store.withLock("failing", thrown)).rejects.toBe(fault);
    expect(await one.exists("vms:{failing}:lock")).toBe(0);
  });

  test("the lock of a holder that crashed is free after its TTL", async () => {
    const crashing = await deployment.connect();
    const never = Promise.withResolvers<never>();
    const entered = Promise.withResolvers<void>();
    const started = performance.now();
    const held = redisStore(crashing, { lockTtl: 400 }).withLock("crash", () => {
      entered.resolve();
      return never.promise;
    });
    await entered.promise;
    crashing.destroy();
    await redisStore(other, { lockTtl: 400 }).withLock("crash", async () => {});
    const waited = performance.now() - started;
    expect(waited).toBeGreaterThan(300);
    expect(waited).toBeLessThan(2_500);
    never.reject(new Error("over"));
    await expect(held).rejects.toThrow("over");
  });

  test("a live holder keeps its lock for longer than the TTL", async () => {
    const lockTtl = 600;
    let holding = true;
    const entered: boolean[] = [];
    let waiting: Promise<void> | undefined;
    await redisStore(one, { lockTtl }).withLock("long", async ({ signal }) => {
      waiting = redisStore(other, { lockTtl }).withLock("long", async () => void entered.push(holding));
      const end = performance.now() + 4 * lockTtl;
      await until(() => performance.now() > end);
      expect(signal.aborted).toBe(false);
      holding = false;
    });
    await waiting;
    expect(entered).toEqual([false]);
  });

  test("losing the lock aborts the signal of its lease, with the reason", async () => {
    const store = redisStore(one, { lockTtl: 300 });
    const reason = await store.withLock("gone", async ({ signal }) => {
      await other.del("vms:{gone}:lock");
      return aborted(signal);
    });
    expect(reason).toMatchObject({ code: "store_failed", vendor: "redis", retryable: true });
    expect(String(reason)).toContain("the lock was lost");
  });

  test("a lock that another client has acquired aborts the signal, and is neither extended nor released", async () => {
    const store = redisStore(one, { lockTtl: 300 });
    await store.withLock("taken", async ({ signal }) => {
      await other.set("vms:{taken}:lock", "somebody else's", { expiration: { type: "PX", value: 60_000 } });
      await aborted(signal);
    });
    expect(await other.get("vms:{taken}:lock")).toBe("somebody else's");
    expect(await other.pTTL("vms:{taken}:lock")).toBeGreaterThan(50_000);
    await other.del("vms:{taken}:lock");
  });

  test("a holder whose lock has expired does not release the next holder's lock", async () => {
    const ready = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const first = redisStore(one, { lockTtl: 60_000 }).withLock("ended", async () => {
      ready.resolve();
      await release.promise;
    });
    await ready.promise;
    await one.pExpire("vms:{ended}:lock", 1);
    await redisStore(other).withLock("ended", async () => {
      release.resolve();
      await first;
      expect(await one.exists("vms:{ended}:lock")).toBe(1);
    });
    expect(await one.exists("vms:{ended}:lock")).toBe(0);
  });

  test("aborting a wait for the lock rejects immediately with the signal's reason, and does not affect the holder", async () => {
    const store = redisStore(one);
    await store.withLock("awaited", async () => {
      const leaving = new AbortController();
      const reason = new Error("nobody waits");
      const waiting = redisStore(other).withLock("awaited", async () => "never", { signal: leaving.signal });
      await other.exists("vms:{awaited}:lock");
      leaving.abort(reason);
      await expect(waiting).rejects.toBe(reason);
      expect(await one.exists("vms:{awaited}:lock")).toBe(1);
    });
    await store.withLock("awaited", async () => {});
  });

  test("a caller that leaves before it acquires the lock leaves no lock behind", async () => {
    const leaving = new AbortController();
    const waiting = redisStore(one).withLock("left", async () => "never", { signal: leaving.signal });
    leaving.abort();
    await expect(waiting).rejects.toBe(leaving.signal.reason);
    await expect(redisStore(one).withLock("left", async () => {}, { signal: leaving.signal })).rejects.toBe(
      leaving.signal.reason,
    );
    await until(async () => (await one.exists("vms:{left}:lock")) === 0);
  });
});
