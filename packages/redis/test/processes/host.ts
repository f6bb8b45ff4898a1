import { createAltaSession } from "@vms/alta";
import { createClient } from "redis";
import { redisStore } from "../../src/index.ts";
import type { Orders, Report } from "./messages.ts";

// One host: a process with its own session on the shared store, and many concurrent callers.
process.once("message", async ({ redis, baseUrl, credentials, callers, path, lockTtl }: Orders) => {
  const client = await createClient({ url: redis })
    .on("error", () => {})
    .connect();
  const session = createAltaSession({ baseUrl, credentials, store: redisStore(client, { lockTtl }) });
  const from: string[] = [];
  let storeFailures = 0;
  session.on("login", (event) => from.push(event.from));
  session.on("store_failed", () => storeFailures++);
  const calledAt = Date.now();
  let longest = 0;
  const call = async () => {
    const { status } = await session.fetch(path);
    longest = Math.max(longest, Date.now() - calledAt);
    return status;
  };
  const statuses = await Promise.all(Array.from({ length: callers }, call));
  const served = statuses.filter((status) => status === 200).length;
  const report: Report = { served, calledAt, longest, from, storeFailures };
  process.send?.(report, () => {
    client.destroy();
    process.disconnect();
  });
});
