import { join } from "node:path";
import { createAdminTokenServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { expect, onTestFinished, test, vi } from "vitest";
import type { LockTiming } from "../../src/node/file-lock.ts";
import { startChild } from "./children.ts";
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

test("8 processes with 200 callers each make one login", async () => {
  const { vendor, children } = await eightProcesses(DEFAULT);
  for (const child of children) child.say("go");
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(Array(PROCESSES).fill(0));
  expect(children.flatMap(({ lines }) => lines.slice(1))).toEqual(Array(PROCESSES).fill(`${CALLS} good`));
  expect(vendor.loginAttempts).toBe(1);
  expect(vendor.requests.filter(({ status }) => status === 200)).toHaveLength(PROCESSES * CALLS + 1);
});

test("8 processes with 200 callers each make two logins where the first was killed in the middle of it", async () => {
  const { vendor, children } = await eightProcesses({ staleAfter: 3_000, refreshEvery: 300, pollEvery: 20 });
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  vendor.script({
    when: ({ path }) => {
      if (path === LOGIN) arrived.resolve();
      return path === LOGIN;
    },
    // The vendor has opened the session, and nobody learns of it.
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
  expect(others.flatMap(({ lines }) => lines.slice(1))).toEqual(Array(PROCESSES - 1).fill(`${CALLS} good`));
  expect(vendor.loginAttempts).toBe(2);
});
