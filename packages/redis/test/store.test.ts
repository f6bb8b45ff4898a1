import { afterAll, beforeAll, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { type Deployment, describeDeployments, type TestClient } from "./servers/deployments.ts";
import { until } from "./until.ts";

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

  test("a value stored by one client is found by another until it is deleted", async () => {
    const [here, there] = [redisStore(one), redisStore(other)];
    expect(await there.get("kept")).toBeUndefined();
    await here.set("kept", "made-up-value");
    expect(await there.get("kept")).toBe("made-up-value");
    await there.set("kept", "another-value");
    expect(await here.get("kept")).toBe("another-value");
    await there.delete("kept");
    expect(await here.get("kept")).toBeUndefined();
  });

  test("deleting a missing key is no error", async () => {
    await redisStore(one).delete("never-kept");
  });

  test("any text is stored unchanged, under any key", async () => {
    const store = redisStore(one);
    const texts = ["", "ü€🔒", "a\r\nb\0c", "{}", "}{", "}x", "k:lock", "x".repeat(100_000)];
    for (const text of texts) await store.set(`key ${text.slice(0, 20)}`, text);
    for (const text of texts) expect(await store.get(`key ${text.slice(0, 20)}`)).toBe(text);
    for (const key of texts.slice(0, -1)) {
      await store.set(key, `value of ${key}`);
      await store.withLock(key, async () => {});
    }
    for (const key of texts.slice(0, -1)) expect(await store.get(key)).toBe(`value of ${key}`);
  });

  test("a value disappears when it expires, and a value without an expiry has no TTL", async () => {
    const store = redisStore(one);
    await store.set("ends", "made-up-value", { expiresAt: Date.now() + 60_000 });
    const ttl = await one.pTTL("vms:{ends}");
    expect(ttl).toBeGreaterThan(55_000);
    expect(ttl).toBeLessThanOrEqual(60_000);
    await store.set("ends", "made-up-value");
    expect(await one.pTTL("vms:{ends}")).toBe(-1);
    const expiresAt = Date.now() + 60.5;
    await store.set("ends", "made-up-value", { expiresAt });
    await until(async () => (await store.get("ends")) === undefined);
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(expiresAt) - 1);
  });

  test("an expired value is not stored, and the older value is removed", async () => {
    const store = redisStore(one);
    for (const expiresAt of [Date.now() - 1, 0, -1]) {
      await store.set("past", "made-up-value");
      await store.set("past", "another-value", { expiresAt });
      expect(await store.get("past")).toBeUndefined();
    }
  });

  test("an invalid expiry stores the value without a TTL", async () => {
    const store = redisStore(one);
    for (const expiresAt of [Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE]) {
      await store.set("endless", "made-up-value", { expiresAt });
      expect(await one.pTTL("vms:{endless}")).toBe(-1);
    }
  });

  test("stores with two prefixes do not see each other's values or locks", async () => {
    const [here, there] = [redisStore(one, { prefix: "a:" }), redisStore(one, { prefix: "b:" })];
    await here.set("kept", "made-up-value");
    expect(await there.get("kept")).toBeUndefined();
    expect(await one.exists("a:{kept}")).toBe(1);
    await here.withLock("kept", () => there.withLock("kept", async () => {}));
  });
});
