import { encryptedStore } from "@vms/core";
import { storeContract } from "@vms/test-suite";
import { afterAll, beforeAll, describe, test } from "vitest";
import { redisStore } from "../src/index.ts";
import { type Deployment, describeDeployments, type TestClient } from "./servers/deployments.ts";

const key = crypto.getRandomValues(new Uint8Array(32));

describeDeployments("with %s, redisStore fulfils the contract of a store", (start) => {
  let deployment: Deployment;
  let one: TestClient;
  let other: TestClient;
  let run = 0;
  beforeAll(async () => {
    deployment = await start();
    one = await deployment.connect();
    other = await deployment.connect();
  });
  afterAll(async () => {
    one?.destroy();
    other?.destroy();
    await deployment?.close();
  });
  const options = { locks: true, timeout: 25_000 };

  // Each clause has its own keys, with a prefix.
  storeContract(
    test,
    () => {
      const prefix = `vms-${run++}:`;
      const loseLock = (name: string) => other.del(`${prefix}{${name}}:lock`);
      return { store: redisStore(one, { prefix }), again: () => redisStore(other, { prefix }), loseLock };
    },
    options,
  );

  describe("also with encryptedStore around it", () => {
    storeContract(
      test,
      () => {
        const prefix = `vms-${run++}:`;
        const around = (client: TestClient) => encryptedStore(redisStore(client, { prefix }), { key });
        const loseLock = (name: string) => other.del(`${prefix}{${name}}:lock`);
        return { store: around(one), again: () => around(other), loseLock };
      },
      options,
    );
  });
});
