import { join } from "node:path";
import { createAdminTokenServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Child, startChild } from "./children.ts";
import { temporaryDirectory } from "./temporary.ts";

vi.setConfig({ testTimeout: 180_000 });
const PROCESSES = 40;
const TIMING = { staleAfter: 10_000, refreshEvery: 2_000, pollEvery: 50 };

interface FleetOptions {
  readonly password?: string;
  readonly calls: number;
  readonly path?: string;
  readonly timing?: typeof TIMING;
}

async function fortyProcesses(options: FleetOptions) {
  const vendor = createAdminTokenServer();
  const served = await serve(vendor);
  onTestFinished(() => served.close());
  const directory = join(await temporaryDirectory(), "sessions");
  const { username, password } = { ...vendor.account, ...options };
  const argument = {
    directory,
    timing: options.timing ?? TIMING,
    baseUrl: `${served.baseUrl}/`,
    firstCall: options.path ?? vendor.firstCall,
    credentials: { username, password },
    calls: options.calls,
  };
  const children = Array.from({ length: PROCESSES }, () => startChild("caller", argument));
  await Promise.all(children.map((child) => child.said("ready")));
  const ended = async () => {
    await Promise.all(children.map((child) => child.ended));
    return children.flatMap(({ lines }) => lines);
  };
  return { vendor, children, ended };
}

test("G10: forty processes send a wrong password once", async () => {
  const { vendor, children, ended } = await fortyProcesses({ password: "made-up-and-wrong", calls: 3 });
  for (const child of children) child.say("go");
  const lines = await ended();
  expect(lines.filter((line) => line === "0 good")).toHaveLength(PROCESSES);
  expect(vendor.loginAttempts).toBe(1);
});

test("G17: forty processes that call a path without permission log in a few times, and each call gets its response", async () => {
  const { vendor, children, ended } = await fortyProcesses({ path: "api/admin/v1/forbidden", calls: 3 });
  vendor.script({ when: ({ path }) => path.endsWith("/forbidden"), status: 401, times: 10_000 });
  for (const child of children) child.say("go");
  const lines = await ended();
  expect(lines.filter((line) => line === "0 good")).toHaveLength(PROCESSES);
  // The first login, and at most the budget of the fleet.
  expect(vendor.loginAttempts).toBeLessThanOrEqual(1 + 5);
});

const posix = process.platform !== "win32";
test.runIf(posix)("G10: forty processes need a second login if the process that logs in is suspended", async () => {
  const timing = { staleAfter: 2_000, refreshEvery: 400, pollEvery: 50 };
  const { vendor, children, ended } = await fortyProcesses({ calls: 3, timing });
  const arrived = Promise.withResolvers<void>();
  const suspended = Promise.withResolvers<void>();
  const [holder, ...others] = children as [Child, ...Child[]];
  const when = () => {
    arrived.resolve();
    return true;
  };
  vendor.script({ when, delay: suspended.promise });
  holder.say("go");
  await arrived.promise;
  holder.process.kill("SIGSTOP");
  suspended.resolve();
  for (const child of others) child.say("go");
  await Promise.all(others.map((child) => child.ended));
  expect(vendor.loginAttempts).toBe(2);
  holder.process.kill("SIGCONT");
  expect((await ended()).filter((line) => line === "3 good")).toHaveLength(PROCESSES);
  expect(vendor.loginAttempts).toBe(2);
});
