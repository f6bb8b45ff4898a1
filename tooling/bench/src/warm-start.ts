import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createAltaSession } from "@vms/alta";
import { encryptedStore, type SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import { redisStore } from "@vms/redis";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { createClient } from "redis";

// Time to the first answer of a session that finds its record in a store, against one that holds it in memory, and one
// that has to sign in. In one run, interleaved; medians. Requests to the vendor are counted.
const ROUNDS = 200;
const directory = mkdtempSync(join(tmpdir(), "vms-bench-"));
const port = await freePort();
const redisServer = spawn(
  "redis-server",
  ["--port", String(port), "--dir", directory, "--save", "", "--bind", "127.0.0.1"],
  {
    stdio: "ignore",
  },
);
const redis = createClient({ url: `redis://127.0.0.1:${port}` }).on("error", () => {});
await redis.connect();

const server = createAltaServer();
const served = await serve(server);
const first = async (store?: SessionStore, session = make(store)) => {
  const started = performance.now();
  await (await session.fetch("api/v1/alarmZones")).text();
  return performance.now() - started;
};
function make(store?: SessionStore) {
  return createAltaSession({
    baseUrl: served.baseUrl,
    credentials: server.account,
    ...(store === undefined ? {} : { store }),
  });
}

const key = crypto.getRandomValues(new Uint8Array(32));
const stores: Record<string, SessionStore> = {
  "record in a file": fileStore({ directory }),
  "record in a file, encrypted": encryptedStore(fileStore({ directory: mkdtempSync(join(directory, "e-")) }), { key }),
  "record in Redis": redisStore(redis),
};
const live = make();
await live.login();
for (const store of Object.values(stores)) await make(store).login();

const times = new Map<string, number[]>();
const requests = new Map<string, number>();
const cases: [string, () => Promise<number>][] = [
  ["record in memory", () => first(undefined, live)],
  ...Object.entries(stores).map(([name, store]): [string, () => Promise<number>] => [name, () => first(store)]),
  ["no record: a login", () => first()],
];
for (let round = -10; round < ROUNDS; round++) {
  for (const [name, run] of cases) {
    server.clearRequests();
    const took = await run();
    if (round < 0) continue;
    times.set(name, [...(times.get(name) ?? []), took]);
    requests.set(name, server.requests.length);
  }
}
const quantile = (values: number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0;
console.log(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}; ${ROUNDS} rounds\n`);
console.log("time to the first answer (ms)    median     10 %     90 %   requests");
for (const [name, values] of times) {
  const row = [0.5, 0.1, 0.9].map((q) => quantile(values, q).toFixed(2).padStart(9)).join("");
  console.log(`${name.padEnd(30)}${row}${String(requests.get(name)).padStart(11)}`);
}
redis.destroy();
redisServer.kill();
await once(redisServer, "exit");
await served.close();
rmSync(directory, { recursive: true });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
