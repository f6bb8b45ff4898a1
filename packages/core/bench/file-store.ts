// How long `fileStore` takes for one session, with few and with many others in its directory.
// Run: node packages/core/bench/file-store.ts [sessions, default 10000]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileStore } from "../src/node/file-store.ts";
import type { SessionStore } from "../src/store.ts";

const MANY = Number(process.argv[2] ?? 10_000);
const ROUNDS = 400;
const VALUE = JSON.stringify({ vendor: "fake", account: "operator", data: "x".repeat(800) });

async function perOperation(run: (round: number) => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await run(round);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return `${(times[ROUNDS / 2] ?? 0).toFixed(2)} ms`.padStart(10);
}

async function measure(sessions: number): Promise<string> {
  const directory = join(await mkdtemp(join(tmpdir(), "vms-bench-")), "sessions");
  try {
    const filling = fileStore({ directory });
    for (let from = 0; from < sessions; from += 50) {
      const batch = Array.from({ length: Math.min(50, sessions - from) }, (_, index) => `session ${from + index}`);
      await Promise.all(batch.map((key) => filling.set(key, VALUE)));
    }
    const store = fileStore({ directory }) as Required<SessionStore>;
    const key = (round: number) => `session ${(round * 7919) % sessions}`;
    const began = performance.now();
    await store.set(key(0), VALUE);
    const first = `${(performance.now() - began).toFixed(2)} ms`.padStart(10);
    const set = await perOperation((round) => store.set(key(round), VALUE));
    const get = await perOperation((round) => store.get(key(round)));
    const lock = await perOperation((round) => store.withLock(key(round), async () => {}));
    for (let round = 0; round < ROUNDS; round++) await store.set(`another ${round}`, VALUE);
    const remove = await perOperation((round) => store.delete(`another ${round}`));
    return `${String(sessions).padStart(10)} ${first} ${set} ${get} ${lock} ${remove}`;
  } finally {
    await rm(join(directory, ".."), { recursive: true, force: true });
  }
}

const heads = ["sessions", "first set", "set", "get", "lock", "delete"].map((head) => head.padStart(10));
process.stdout.write(`${heads.join(" ")}\n`);
for (const sessions of [10, MANY]) process.stdout.write(`${await measure(sessions)}\n`);
