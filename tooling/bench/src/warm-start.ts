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
import { inNewProcess, type Orders, type Report } from "./warm-start-processes.ts";

// Time to the first response of a session that finds its record in a store, compared to one that holds it in memory, and
// to one that has to sign in. First in this process, which is warm, then in new ones. Each in one run, interleaved; medians.
// Requests to the vendor are counted. The vendor is on this machine: over a network, a login also costs its round trips.
const ROUNDS = 200;
const PROCESSES = 20;
const root = mkdtempSync(join(tmpdir(), "vms-bench-"));
const port = await freePort();
const redisServer = spawn(
  "redis-server",
  ["--port", String(port), "--dir", root, "--save", "", "--bind", "127.0.0.1"],
  {
    stdio: "ignore",
  },
);
const redisUrl = `redis://127.0.0.1:${port}`;
const redis = createClient({ url: redisUrl }).on("error", () => {});
await redis.connect();

const server = createAltaServer();
const served = await serve(server);
const path = "api/v1/alarmZones";
const first = async (store?: SessionStore, session = make(store)) => {
  const started = performance.now();
  await (await session.fetch(path)).text();
  return performance.now() - started;
};
function make(store?: SessionStore) {
  return createAltaSession({
    baseUrl: served.baseUrl,
    credentials: server.account,
    ...(store === undefined ? {} : { store }),
  });
}

const directory = (name: string) => join(root, name);
const bytes = crypto.getRandomValues(new Uint8Array(32));
const passphrase = "a made-up passphrase";
const files = (name: string) => fileStore({ directory: directory(name) });
const stores: Record<string, { kind: Orders["kind"]; store: SessionStore }> = {
  "record in a file": { kind: "file", store: files("file") },
  "record in a file, encrypted": { kind: "bytes", store: encryptedStore(files("bytes"), { key: bytes }) },
  "the same, with a passphrase": {
    kind: "passphrase",
    store: encryptedStore(files("passphrase"), { key: passphrase }),
  },
  "record in Redis": { kind: "redis", store: redisStore(redis) },
};
const live = make();
await live.login();
for (const { store } of Object.values(stores)) await make(store).login();

interface Case<T> {
  readonly name: string;
  readonly run: () => Promise<T>;
  readonly results: T[];
  requests: number;
}
const newCase = <T>(name: string, run: () => Promise<T>): Case<T> => ({ name, run, results: [], requests: 0 });

async function measure<T>(cases: Case<T>[], warmUp: number, rounds: number): Promise<void> {
  for (let round = -warmUp; round < rounds; round++) {
    for (const one of cases) {
      server.clearRequests();
      const result = await one.run();
      one.requests = server.requests.length;
      if (round >= 0) one.results.push(result);
    }
  }
}

const inThis = [
  newCase("record in memory", () => first(undefined, live)),
  ...Object.entries(stores).map(([name, { store }]) => newCase(name, () => first(store))),
  newCase("no record: a login", () => first()),
];
await measure(inThis, 10, ROUNDS);
const quantile = (values: number[], q: number) => values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))];
const cells = (values: (number | undefined)[]) => values.map((value) => value?.toFixed(2).padStart(12)).join("");
console.log(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`);
console.log(`\na new session object: ms to the first answer, ${ROUNDS} rounds`);
console.log(`${"".padEnd(30)}      median        10 %        90 %   requests`);
for (const { name, results, requests } of inThis) {
  const row = cells([0.5, 0.1, 0.9].map((q) => quantile(results, q)));
  console.log(`${name.padEnd(30)}${row}${String(requests).padStart(11)}`);
}

const { headers } = await live.authorization();
const order = (kind: Orders["kind"]) => {
  const key = kind === "passphrase" ? passphrase : Buffer.from(bytes).toString("base64");
  const { baseUrl } = served;
  const { account: credentials } = server;
  return inNewProcess({ kind, baseUrl, credentials, path, directory: directory(kind), key, redis: redisUrl, headers });
};
const inNew = [
  newCase("no session: only fetch", () => order("no session")),
  ...Object.entries(stores).map(([name, { kind }]) => newCase(name, () => order(kind))),
  newCase("no record: a login", () => order("no store")),
];
await measure(inNew, 1, PROCESSES);
const columns: (keyof Report)[] = ["fromSession", "fromStart", "second"];
console.log(
  `\na new process: ms to its first answer, and of its second call by a record in memory; ${PROCESSES} rounds`,
);
console.log(`${"(medians)".padEnd(30)}from session  from start second call   requests`);
for (const { name, results, requests } of inNew) {
  const medianOf = (column: keyof Report) =>
    quantile(
      results.map((result) => result[column]),
      0.5,
    );
  const row = cells(columns.map(medianOf));
  console.log(`${name.padEnd(30)}${row}${String(requests).padStart(11)}`);
}
redis.destroy();
redisServer.kill();
await once(redisServer, "exit");
await served.close();
rmSync(root, { recursive: true });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
