import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { createClient } from "redis";
import { afterEach, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { startRedis } from "./servers/redis-server.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function redis() {
  const server = await startRedis();
  const admin = await createClient({ url: `redis://127.0.0.1:${server.port}` })
    .on("error", () => {})
    .connect();
  closing.push(
    () => server.close(),
    () => admin.destroy(),
  );
  return { admin, url: `redis://127.0.0.1:${server.port}` };
}

test("the README's example runs unchanged, and its second run needs no login", async () => {
  const { admin, url } = await redis();
  const vendor = createAltaServer();
  const served = await serve(vendor);
  closing.push(() => served.close());
  const code = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";
  const source = new URL("../src/index.ts", import.meta.url).href;
  mkdirSync(new URL("../.report/", import.meta.url), { recursive: true });
  const file = fileURLToPath(new URL("../.report/readme.ts", import.meta.url));
  writeFileSync(file, code.replace('"@vms/redis"', JSON.stringify(source)));
  for (let run = 0; run < 2; run++) {
    const env = {
      PATH: process.env.PATH ?? "",
      NO_COLOR: "1",
      VMS_ALTA_URL: served.baseUrl,
      VMS_ALTA_USERNAME: vendor.account.username,
      VMS_ALTA_PASSWORD: vendor.account.password,
      VMS_REDIS_URL: url,
    };
    const child = spawn(process.execPath, [file], { env });
    const [out, error, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    expect(error).toBe("");
    expect(out.trim()).not.toBe("");
    expect(status).toBe(0);
  }
  expect(vendor.logins).toBe(1);
  expect(await admin.keys("*")).toEqual([expect.stringMatching(/^vms:\{vms\|alta\|http.*\}$/)]);
});

test("the README's user has exactly the permissions that the store needs", async () => {
  const { admin, url } = await redis();
  const rights = /`ACL SETUSER vms on >… ([^`]*)`/.exec(readme)?.[1]?.split(" ") ?? [];
  await admin.sendCommand(["ACL", "SETUSER", "vms", "on", ">made-up-password", ...rights]);
  const limited = await createClient({ url, username: "vms", password: "made-up-password" })
    .on("error", () => {})
    .connect();
  closing.push(() => limited.destroy());
  const store = redisStore(limited, { lockTtl: 900 });
  await store.set("key", "made-up-value", { expiresAt: Date.now() + 60_000 });
  expect(await store.get("key")).toBe("made-up-value");
  await store.delete("key");
  await store.withLock("key", async ({ signal, set }) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // longer than the TTL, so the lock is extended
    expect(signal.aborted).toBe(false);
    await set("key", "made-up-value");
    await set("key", "made-up-value", { expiresAt: Date.now() + 60_000 });
    await set("key", "made-up-value", { expiresAt: 1 });
  });
  expect(await admin.keys("*")).toEqual([]);
  await expect(limited.keys("*")).rejects.toThrow("NOPERM");
  await expect(redisStore(limited, { prefix: "other:" }).get("key")).rejects.toThrow("NOPERM");
});
