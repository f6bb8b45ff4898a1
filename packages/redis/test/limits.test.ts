import { createAltaSession } from "@vms/alta";
import { createAltaServer } from "@vms/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { type Deployment, describeDeployments, type TestClient } from "./servers/deployments.ts";

const SESSIONS = 40;

// Forty session objects, each with its own store, over two connections.
describeDeployments("with %s", (start) => {
  let deployment: Deployment;
  let clients: TestClient[];
  beforeAll(async () => {
    deployment = await start();
    clients = [await deployment.connect(), await deployment.connect()];
  });
  afterAll(async () => {
    for (const client of clients ?? []) client.destroy();
    await deployment?.close();
  });

  function fortySessions(prefix: string, password?: string) {
    const vendor = createAltaServer();
    const credentials = { ...vendor.account, ...(password === undefined ? {} : { password }) };
    const sessions = Array.from({ length: SESSIONS }, (_, n) => {
      const store = redisStore(clients[n % 2]!, { prefix });
      return createAltaSession({ baseUrl: vendor.baseUrl, fetch: vendor.fetch, credentials, store });
    });
    return { vendor, sessions };
  }

  test("G10: forty sessions with one Redis send a wrong password once", async () => {
    const { vendor, sessions } = fortySessions("wrong:", "made-up-and-wrong");
    const errors = await Promise.all(
      sessions.map((session) => session.fetch(vendor.firstCall).catch(({ code }: { code: string }) => code)),
    );
    expect(new Set(errors)).toEqual(new Set(["invalid_credentials"]));
    expect(vendor.loginAttempts).toBe(1);
  });

  test("G17: forty sessions with one Redis that call a path without permission log in at most six times", async () => {
    const { vendor, sessions } = fortySessions("forbidden:");
    vendor.script({ when: ({ path }) => path.endsWith("/forbidden"), status: 401, times: 10_000 });
    const call = async (session: (typeof sessions)[number]) => (await session.fetch("api/v1/forbidden")).status;
    for (let round = 0; round < 3; round++) {
      expect(new Set(await Promise.all(sessions.map(call)))).toEqual(new Set([401]));
    }
    expect(vendor.loginAttempts).toBeLessThanOrEqual(1 + 5);
  });
});
