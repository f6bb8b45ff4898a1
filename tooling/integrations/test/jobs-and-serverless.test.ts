import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placePage } from "./page.ts";
import { startRedis } from "./redis-server.ts";
import { serveVendor } from "./vendor.ts";
import { serveNamespace, startWorker } from "./workerd.ts";

const page = placePage("jobs-and-serverless");

test("the page has a program for each place", () => {
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

test("Worker threads: four threads make one login", async () => {
  await using vendor = await serveVendor();
  await page.play("Worker threads", { ...vendor.environment, XDG_DATA_HOME: join(page.folder, "data") });
  expect(vendor.server.logins).toBe(1);
});

test("Cloudflare Workers: requests at the same time, and a second isolate, use one session", async () => {
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
  // KV refuses a value that expires within 60 s. What is stored is encrypted.
  expect(stored[0]?.expiration ?? Number.POSITIVE_INFINITY).toBeGreaterThan(Date.now() / 1000 + 60);
  expect(stored[0]?.value).not.toContain(vendor.server.account.username);
});
