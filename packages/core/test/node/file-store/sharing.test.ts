import { join } from "node:path";
import { createAdminTokenServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { expect, onTestFinished, test, vi } from "vitest";
import type { LockTiming } from "../../../src/node/file-store/lock.ts";
import { type Child, startChild } from "./children.ts";
import { temporaryDirectory } from "./temporary.ts";

vi.setConfig({ testTimeout: 120_000 });
const PROCESSES = 8;
const CALLS = 200;
const DEFAULT: LockTiming = { staleAfter: 10_000, refreshEvery: 2_000, pollEvery: 50 };
const LOGIN = "/api/admin/v1/auth/token";

async function eightProcesses(timing: LockTiming) {
  const vendor = createAdminTokenServer();
  const served = await serve(vendor);
  onTestFinished(() => served.close());
  const directory = join(await temporaryDirectory(), "sessions");
  const { username, password } = vendor.account;
  const credentials = { username, password };
  const argument = {
    directory,
    timing,
    baseUrl: `${served.baseUrl}/`,
    firstCall: vendor.firstCall,
    credentials,
    calls: CALLS,
  };
  const children = Array.from({ length: PROCESSES }, () => startChild("caller", argument));
  await Promise.all(children.map((child) => child.said("ready")));
  return { vendor, children };
}

/** The report of a child: its store failures, the number of successful calls, and the wait for a session. */
function reportOf({ lines }: Child) {
  const [, ...said] = lines;
  return { said: said.slice(0, -1), wait: Number.parseInt(said.at(-1) ?? "", 10) };
}

test("8 processes with 200 callers each make one login", async () => {
  const { vendor, children } = await eightProcesses(DEFAULT);
  for (const child of children) child.say("go");
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(Array(PROCESSES).fill(0));
  expect(children.flatMap((child) => reportOf(child).said)).toEqual(Array(PROCESSES).fill(`${CALLS} good`));
  expect(vendor.loginAttempts).toBe(1);
  expect(vendor.requests.filter(({ status }) => status === 200)).toHaveLength(PROCESSES * CALLS + 1);
});

test("if the first of 8 processes is killed during its login, there are two logins, and no process waits longer than the lock's stale time and one login", async () => {
  const timing = { staleAfter: 3_000, refreshEvery: 300, pollEvery: 20 };
  const { vendor, children } = await eightProcesses(timing);
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  vendor.script({
    when: ({ path }) => {
      if (path === LOGIN) arrived.resolve();
      return path === LOGIN;
    },
    // The vendor has opened the session, but no process receives it.
    after: true,
    delay: gate.promise,
  });
  for (const child of children) child.say("go");
  await arrived.promise;
  const agent = vendor.requests.find(({ path }) => path === LOGIN)?.headers.get("user-agent");
  const holder = children.find(({ pid }) => agent === `child-${pid}`);
  holder?.process.kill("SIGKILL");
  expect(await holder?.ended).toBeNull();
  gate.resolve();
  const others = children.filter((child) => child !== holder);
  expect(await Promise.all(others.map(({ ended }) => ended))).toEqual(Array(PROCESSES - 1).fill(0));
  // No store failed, so no process gave up waiting for the lock.
  expect(others.flatMap((child) => reportOf(child).said)).toEqual(Array(PROCESSES - 1).fill(`${CALLS} good`));
  expect(vendor.loginAttempts).toBe(2);
  const waits = others.map((child) => reportOf(child).wait);
  // A login takes a few ms. The limit is 10 s, because the machine can be busy. For measurements, see docs/stores.md.
  expect(Math.max(...waits)).toBeGreaterThan(timing.staleAfter);
  expect(Math.max(...waits)).toBeLessThan(timing.staleAfter + 1.5 * timing.pollEvery + 10_000);
});
