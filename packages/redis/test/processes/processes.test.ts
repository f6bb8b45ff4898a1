import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { createClient } from "redis";
import { afterEach, expect, test } from "vitest";
import { startRedis } from "../servers/redis-server.ts";
import { until } from "../until.ts";
import type { Orders, Report } from "./messages.ts";

const HOSTS = 8;
const CALLERS = 200;
const LOCK_TTL = 1_000;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A vendor and a Redis over sockets, and a way to start hosts. */
async function world() {
  const vendor = createAltaServer();
  const served = await serve(vendor);
  const redis = await startRedis();
  const url = `redis://127.0.0.1:${redis.port}`;
  const admin = await createClient({ url })
    .on("error", () => {})
    .connect();
  closing.push(
    () => served.close(),
    () => redis.close(),
    () => admin.destroy(),
  );
  const orders: Orders = {
    redis: url,
    baseUrl: served.baseUrl,
    credentials: { username: vendor.account.username, password: vendor.account.password },
    callers: CALLERS,
    path: vendor.firstCall,
    lockTtl: LOCK_TTL,
  };
  const host = () => {
    const child = fork(join(import.meta.dirname, "host.ts"), [], { stdio: "inherit" });
    closing.push(() => child.kill("SIGKILL"));
    child.send(orders);
    return child;
  };
  return { vendor, admin, host };
}

async function reportOf(child: ChildProcess): Promise<Report> {
  const [report] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code, signal]) => Promise.reject(new Error(`The host ended: ${code ?? signal}`))),
  ]);
  return report as Report;
}

const lockOf = (keys: string[]) => keys.find((key) => key.endsWith(":lock"));

test("eight processes with 200 callers each and an empty store make one login", async () => {
  const { vendor, admin, host } = await world();
  const reports = await Promise.all(Array.from({ length: HOSTS }, () => reportOf(host())));
  expect(reports.map(({ served }) => served)).toEqual(Array(HOSTS).fill(CALLERS));
  expect(vendor.loginAttempts).toBe(1);
  expect(reports.flatMap(({ from }) => from).sort()).toEqual([...Array(HOSTS - 1).fill("store"), "vendor"]);
  expect(reports.map(({ storeFailures }) => storeFailures)).toEqual(Array(HOSTS).fill(0));
  expect(lockOf(await admin.keys("*"))).toBeUndefined();
});

test("if the process that signs in is killed, there are at most two logins, and no process waits longer than the lock's TTL", async () => {
  const { vendor, admin, host } = await world();
  const answer = Promise.withResolvers<void>();
  closing.push(() => answer.resolve());
  // The first login gets no response. The next one does.
  vendor.script({ delay: answer.promise, after: true, when: ({ path }) => path.endsWith("/dologin") });
  const doomed = host();
  await until(() => vendor.loginAttempts === 1);
  const locked = performance.now();
  const token = await admin.get(lockOf(await admin.keys("*"))!);

  const others = Array.from({ length: HOSTS - 1 }, host);
  const reports = Promise.all(others.map(reportOf));
  // All processes wait for the lock, and its holder has kept it for longer than its TTL.
  await until(async () => Number(/connected_clients:(\d+)/.exec(await admin.info("clients"))?.[1]) === HOSTS + 1);
  await until(() => performance.now() - locked > 1.5 * LOCK_TTL);
  expect(await admin.get(lockOf(await admin.keys("*"))!)).toBe(token);
  const killed = Date.now();
  doomed.kill("SIGKILL");

  const all = await reports;
  expect(all.map(({ served }) => served)).toEqual(Array(HOSTS - 1).fill(CALLERS));
  expect(vendor.loginAttempts).toBe(2);
  expect(all.flatMap(({ from }) => from).sort()).toEqual([...Array(HOSTS - 2).fill("store"), "vendor"]);
  expect(all.map(({ storeFailures }) => storeFailures)).toEqual(Array(HOSTS - 1).fill(0));
  // After the kill: the rest of the lock's TTL and one login. Most of the limit is for a busy machine.
  const waits = all.map(({ calledAt, longest }) => longest - Math.max(0, killed - calledAt));
  expect(Math.max(...waits)).toBeLessThan(LOCK_TTL + 10_000);
  expect(lockOf(await admin.keys("*"))).toBeUndefined();
});
