import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { startRedis } from "@vms-tooling/testing/redis-server";
import { createClient } from "redis";
import { expect, test } from "vitest";
import { placePage } from "./page.ts";
import { playTranscript } from "./transcript.ts";
import { serveVendor } from "./vendor.ts";
import { serveNamespace, startWorker } from "./workerd.ts";

const page = placePage("jobs-and-serverless");

test("the page has a program for each platform", () => {
  expect(page.sections).toEqual(["AWS Lambda", "Cloudflare Workers", "BullMQ", "Worker threads"]);
});

test.each(["AWS Lambda", "BullMQ"])(
  "%s: several processes make one login, and their session stays open",
  async (section) => {
    await using vendor = await serveVendor();
    await using redis = await startRedis();
    await page.play(section, { ...vendor.environment, VMS_REDIS_URL: redis.url });
    expect(vendor.server.logins).toBe(1);
    expect(vendor.server.sessions).toBe(1);
  },
);

test("BullMQ: with a wrong password, every job fails at its first attempt, and the password is sent once", async () => {
  await using vendor = await serveVendor();
  await using redis = await startRedis();
  const environment = { ...vendor.environment, VMS_ALTA_PASSWORD: "made-up-and-wrong", VMS_REDIS_URL: redis.url };
  const commands = "$ node worker.ts &\nready\n$ node enqueue.ts\n$ kill %1\n";
  const played = await playTranscript(commands, page.folder, environment);
  expect(played).toMatch(/rejected the user name/);
  expect(vendor.server.loginAttempts).toBe(1);
  const client = await createClient({ url: redis.url }).connect();
  expect(await client.zCard("bull:reads:failed")).toBe(8);
  client.destroy();
});

test("BullMQ: while the vendor fails, all jobs wait for the pause after the login, and then succeed", async () => {
  await using vendor = await serveVendor();
  await using redis = await startRedis();
  // As many failures as a login has attempts, so that the jobs fail and a pause begins.
  vendor.server.script({ when: ({ path }) => path.endsWith("/dologin"), times: 3, status: 503 });
  const commands = "$ node worker.ts &\nready\n$ node enqueue.ts\n$ kill %1\n";
  const environment = { ...vendor.environment, VMS_REDIS_URL: redis.url };
  expect(await playTranscript(commands, page.folder, environment)).toContain("8 jobs, Set(1) { 200 }");
  expect(vendor.server.loginAttempts).toBe(4);
  const calls = vendor.server.requests.filter(({ path }) => path.endsWith("/alarmZones"));
  expect(calls.map(({ status }) => status)).toEqual(Array(8).fill(200));
});

test("Worker threads: four threads make one login", async () => {
  await using vendor = await serveVendor();
  await page.play("Worker threads", { ...vendor.environment, XDG_DATA_HOME: join(page.folder, "data") });
  expect(vendor.server.logins).toBe(1);
});

test("Cloudflare Workers: concurrent requests and a second isolate use one session", async () => {
  await using vendor = await serveVendor();
  await using namespace = await serveNamespace();
  const variables = { ...vendor.environment, VMS_STORE_KEY: randomBytes(32).toString("base64") };
  const program = join(page.folder, "cloudflare.ts");
  {
    await using worker = await startWorker(program, variables, namespace);
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(`http://127.0.0.1:${worker.port}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  }
  {
    await using worker = await startWorker(program, variables, namespace);
    await page.play("Cloudflare Workers", { PORT: String(worker.port) });
  }
  expect(vendor.server.logins).toBe(1);
  const stored = [...namespace.values.values()];
  expect(stored).toHaveLength(1);
  // KV refuses a value that expires within 60 s.
  expect(stored[0]?.expiration ?? Number.POSITIVE_INFINITY).toBeGreaterThan(Date.now() / 1000 + 60);
  expect(stored[0]?.value).not.toContain(vendor.server.account.username);
});
