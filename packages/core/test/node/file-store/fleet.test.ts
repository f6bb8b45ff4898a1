import { join } from "node:path";
import { createAdminTokenServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { startChild } from "./children.ts";
import { temporaryDirectory } from "./temporary.ts";

vi.setConfig({ testTimeout: 180_000 });
const PROCESSES = 40;
const TIMING = { staleAfter: 10_000, refreshEvery: 2_000, pollEvery: 50 };

async function fortyProcesses(options: { readonly password?: string; readonly calls: number; readonly path?: string }) {
  const vendor = createAdminTokenServer();
  const served = await serve(vendor);
  onTestFinished(() => served.close());
  vendor.script({ when: ({ path }) => path.endsWith("/forbidden"), status: 401, times: 10_000 });
  const directory = join(await temporaryDirectory(), "sessions");
  const { username, password } = { ...vendor.account, ...options };
  const argument = {
    directory,
    timing: TIMING,
    baseUrl: `${served.baseUrl}/`,
    firstCall: options.path ?? vendor.firstCall,
    credentials: { username, password },
    calls: options.calls,
  };
  const children = Array.from({ length: PROCESSES }, () => startChild("caller", argument));
  await Promise.all(children.map((child) => child.said("ready")));
  for (const child of children) child.say("go");
  await Promise.all(children.map(({ ended }) => ended));
  return { vendor, lines: children.flatMap(({ lines }) => lines) };
}

test("G10: forty processes send a wrong password once", async () => {
  const { vendor, lines } = await fortyProcesses({ password: "made-up-and-wrong", calls: 3 });
  expect(lines.filter((line) => line === "0 good")).toHaveLength(PROCESSES);
  expect(vendor.loginAttempts).toBe(1);
});

test("G17: forty processes that call a path without permission log in a few times, and each call gets its answer", async () => {
  const { vendor, lines } = await fortyProcesses({ path: "api/admin/v1/forbidden", calls: 3 });
  expect(lines.filter((line) => line === "0 good")).toHaveLength(PROCESSES);
  // The first login, and at most the budget of the fleet.
  expect(vendor.loginAttempts).toBeLessThanOrEqual(1 + 5);
});
