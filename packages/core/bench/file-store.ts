// How long `fileStore` takes for one session, with few and with many others in its directory. Both directories take turns,
// so that a busy moment of the machine counts for both.
// Run: node packages/core/bench/file-store.ts [sessions, default 10000]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FileStore, fileStore } from "../src/node/file-store/file-store.ts";
import type { StoredFile } from "../src/node/file-store/listing.ts";

const FEW = 10;
const MANY = Number(process.argv[2] ?? 10_000);
const ROUNDS = 1_000;
const VALUE = JSON.stringify({ vendor: "fake", account: "operator", data: "x".repeat(800) });
const root = await mkdtemp(join(tmpdir(), "vms-bench-"));

/** A directory with so many sessions, and the times of single operations in it, in ms. */
interface Place {
  readonly sessions: number;
  readonly store: FileStore;
  readonly times: Map<string, number[]>;
}

async function place(sessions: number): Promise<Place> {
  const directory = join(root, String(sessions));
  await fill(fileStore({ directory }), sessions);
  return { sessions, store: fileStore({ directory }), times: new Map() };
}

async function fill(store: FileStore, sessions: number): Promise<void> {
  for (let from = 0; from < sessions; from += 50) {
    const batch = Array.from({ length: Math.min(50, sessions - from) }, (_, index) => `session ${from + index}`);
    await Promise.all(batch.map((key) => store.set(key, VALUE)));
  }
}

async function timed<T>({ times }: Place, name: string, run: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await run();
  const taken = performance.now() - began;
  if (times.get(name)?.push(taken) === undefined) times.set(name, [taken]);
  return result;
}

const few = await place(FEW);
const many = await place(MANY);
const keyOf = (round: number, { sessions }: Place) => `session ${(round * 7919) % sessions}`;
const operations: [string, (store: FileStore, key: string, round: number) => Promise<unknown>][] = [
  ["set", (store, key) => store.set(key, VALUE)],
  ["get", (store, key) => store.get(key)],
  ["lock", async (store, key) => store.withLock?.(key, async () => {})],
  ["delete", (store, _, round) => store.delete(`another ${round}`)],
];
for (const each of [few, many]) await timed(each, "first set", () => each.store.set("session 0", VALUE));
for (const [name, run] of operations) {
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of [few, many]) {
      if (name === "delete") await each.store.set(`another ${round}`, VALUE);
      await timed(each, name, () => run(each.store, keyOf(round, each), round));
    }
  }
}

/** Lists both: all of the few again and again, while the many are gone through. */
async function list(name: string, perFile: (file: StoredFile) => Promise<unknown>, refill: boolean): Promise<void> {
  const next = async (files: AsyncIterator<StoredFile>) => {
    const { value, done } = await files.next();
    if (done !== true) await perFile(value);
    return done !== true;
  };
  const long = many.store.list()[Symbol.asyncIterator]();
  for (let more = true; more; ) {
    if (refill) await fill(few.store, FEW);
    const short = few.store.list()[Symbol.asyncIterator]();
    for (let file = 0; file < FEW; file++) {
      await timed(few, name, () => next(short));
      more = await timed(many, name, () => next(long));
    }
    // The end is no session, and costs the few more than the many: it is left out.
    await next(short);
  }
}
await list("list", async () => {}, false);
await list("list+delete", (file) => file.delete(), true);
await rm(root, { recursive: true });

const columns = ["first set", ...operations.map(([name]) => name), "list", "list+delete"];
const line = (cells: readonly string[]) => process.stdout.write(`${cells.map((cell) => cell.padStart(12)).join("")}\n`);
const mean = (times: number[]) => times.reduce((sum, time) => sum + time, 0) / times.length;
const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
for (const [title, value] of [["median", median] as const, ["mean", mean] as const]) {
  process.stdout.write(`${title} of one session, ms\n`);
  line(["sessions", ...columns]);
  for (const { sessions, times } of [few, many]) {
    line([String(sessions), ...columns.map((name) => value(times.get(name) ?? []).toFixed(3))]);
  }
}
