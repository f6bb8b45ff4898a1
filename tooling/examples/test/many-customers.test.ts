import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { createAltaServer, type ReceivedRequest } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { expect, onTestFinished, test } from "vitest";
import { placePage } from "./place-page.ts";

const placed = placePage("docs/guides/many-customers.md");
const CUSTOMERS = 500;
const PER_MINUTE = 1_500;
const POLL = 2_000;
const DEAD = ["customer-7", "customer-123", "customer-256", "customer-499"];

const keys = Array.from({ length: CUSTOMERS }, (_, n) => `customer-${n}`);
const alive = keys.filter((key) => !DEAD.includes(key)).toSorted();

/** The user names of answered logins with a wrong password. */
function refusedIn(requests: readonly ReceivedRequest[]): string[] {
  const wrong = requests.filter(({ body, status }) => body.includes("made-up-and-wrong") && status !== undefined);
  return wrong.map(({ body }) => JSON.parse(body).username as string).toSorted();
}

/** The customers that received data, from the name in their cookies. */
function servedIn(requests: readonly ReceivedRequest[]): string[] {
  const good = requests.filter(({ path, status }) => path.endsWith("/alarmZones") && status === 200);
  const names = good.map(({ headers }) => {
    const claims = /\bva=([\w-]+)/.exec(headers.get("cookie") ?? "")?.[1] ?? "";
    return JSON.parse(Buffer.from(claims, "base64url").toString() || "{}").name as string;
  });
  return [...new Set(names)].toSorted();
}

async function until(condition: () => boolean, what: string, patience: number): Promise<void> {
  for (let waited = 0; !condition(); waited += 100) {
    if (waited > patience) throw new Error(`${what} did not happen in ${patience} ms`);
    await sleep(100);
  }
}

/** The most logins within any period of this length, in ms. */
function mostIn(times: readonly number[], length: number): number {
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + length).length));
}

test("the service of 500 customers recovers from a restart of the vendor, and prints an alarm only for refused customers", {
  timeout: 180_000,
}, async () => {
  const file = placed("service.ts");
  expect(readFileSync(file, "utf8").split("\n").length).toBeLessThanOrEqual(80);
  const vendor = createAltaServer();
  for (const username of keys) vendor.addAccount({ username, password: `made-up-${username}` });
  const first = await serve(vendor);
  const customers = keys.map((username) => {
    const password = DEAD.includes(username) ? "made-up-and-wrong" : `made-up-${username}`;
    return [username, { baseUrl: first.baseUrl, username, password }];
  });
  writeFileSync(`${file}.json`, JSON.stringify(Object.fromEntries(customers)));
  const child = spawn(process.execPath, [file], {
    env: { VMS_CUSTOMERS: `${file}.json`, VMS_LOGINS_PER_MINUTE: String(PER_MINUTE), VMS_POLL_MS: String(POLL) },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const exited = new Promise((resolve) => child.on("close", resolve));

  const all = () =>
    servedIn(vendor.requests).length === alive.length && refusedIn(vendor.requests).length >= DEAD.length;
  await until(all, "the first round", 45_000);
  // Time for the refusals to reach the service.
  await sleep(500);
  const before = vendor.requests.length;

  // The vendor restarts without its sessions and is overloaded for 2 s.
  await first.close();
  vendor.revokeAll();
  await sleep(1_500);
  let isOverloaded = false;
  // Sign-outs still work. Otherwise the vendor keeps the session of a login that failed at its second request.
  const when = ({ path }: { path: string }) => isOverloaded && !path.endsWith("/logout");
  vendor.script({ status: 503, times: Number.MAX_SAFE_INTEGER, when });
  const second = await serve(vendor, { port: first.port });
  onTestFinished(() => second.close());
  await sleep(2_000);
  isOverloaded = true;
  await sleep(2_000);
  isOverloaded = false;
  const recovered = vendor.requests.length;
  await until(() => servedIn(vendor.requests.slice(recovered)).length === alive.length, "the recovery", 60_000);
  await sleep(2 * POLL);

  child.kill("SIGTERM");
  const [out, err] = await printed;
  expect(await exited).toBe(0);
  expect(vendor.sessions).toBe(0);

  expect(servedIn(vendor.requests.slice(0, before))).toEqual(alive);
  expect(servedIn(vendor.requests.slice(recovered))).toEqual(alive);
  const overload = vendor.requests.slice(before, recovered).filter(({ status }) => status === 503);
  expect(overload.length).toBeGreaterThan(0);

  const logins = vendor.requests.filter(({ path }) => path.endsWith("/dologin"));
  expect(refusedIn(logins)).toEqual(DEAD.toSorted());
  const times = logins.map(({ at }) => at);
  expect(mostIn(times, 60_000)).toBeLessThanOrEqual(PER_MINUTE);
  // The same for a shorter period, with tolerance for a busy machine.
  expect(mostIn(times, 6_000)).toBeLessThanOrEqual(PER_MINUTE / 10 + 25);

  const [summary, ...alarms] = out.trim().split("\n").toReversed();
  expect(alarms.toSorted()).toEqual(DEAD.map((key) => `ALARM ${key}: the vendor refuses ${key}`).toSorted());
  expect([summary, err]).toEqual(["served 496 of 500 customers, 4 refused", ""]);
  expect(out).not.toContain("made-up");
});
