import { createAltaServer, createClock } from "@vms/simulator";
import { expect, test } from "vitest";
import { serveSimulated } from "../src/index.ts";

const server = createAltaServer({ clock: createClock(1_000) });
const open: string[] = [];

test("a simulated vendor is served with its own account and clock", async () => {
  const { baseUrl, credentials, now } = await serveSimulated(server);
  open.push(baseUrl);
  expect((await fetch(`${baseUrl}/api/v1/devices`)).status).toBe(401);
  expect(credentials).toBe(server.account);
  server.clock.advance(1);
  expect(now()).toBe(1_001);
});

test("a simulated vendor is no longer served after the test", async () => {
  await expect(fetch(`${open[0]}/api/v1/devices`)).rejects.toThrow("fetch failed");
});
