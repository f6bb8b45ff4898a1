// A user's program for Node.
import { createAltaSession } from "@vms/alta";
import { credentialsFromEnv, fileStore, nodeFetch, sessionInterceptor } from "@vms/core/node";
import { redisStore } from "@vms/redis";
import { createSimulator } from "@vms/simulator";
import { serveAll } from "@vms/simulator/node";
import { flowContract, storeContract } from "@vms/test-suite";
import { createClient } from "redis";
import { Agent } from "undici";

export async function main(directory: string): Promise<unknown> {
  const { alta, close } = await serveAll(createSimulator());
  const options = { baseUrl: alta.baseUrl, credentials: credentialsFromEnv("VMS_ALTA") };
  const onDisk = createAltaSession({
    ...options,
    store: fileStore({ directory }),
    fetch: nodeFetch({ connections: 4 }),
  });
  const shared = createAltaSession({ ...options, store: redisStore(await createClient().connect()) });
  await using session = onDisk;
  await Promise.all([session.login(), shared.login()]);
  await new Agent().compose(sessionInterceptor(session)).close();
  await close();
  return [flowContract, storeContract, process.version];
}
