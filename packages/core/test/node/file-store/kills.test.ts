import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { fileStore } from "../../../src/node/file-store/file-store.ts";
import type { LockTiming } from "../../../src/node/file-store/lock.ts";
import { startChild } from "./children.ts";
import { contentOf } from "./programs/value.ts";
import { temporaryDirectory } from "./temporary.ts";

// For a thousand: VMS_KILLS=1000 npx vitest run test/node/file-store/kills.test.ts
const KILLS = Number(process.env.VMS_KILLS ?? 100);
const LANES = 3;
const KEYS = ["a", "b", "c", "d", "e", "f"];

/** Short, so that a killed holder's lock is taken over soon. Each directory has one writer, so a slow writer loses no lock. */
const TIMING: LockTiming = { staleAfter: 200, refreshEvery: 60, pollEvery: 10 };

for (const way of ["set", "lease"] as const) {
  test(`a writer killed at ${KILLS} random moments leaves the old or the new record of each session, with ${way}`, async () => {
    // A cache of compiled sources halves the time of a thousand starts. Only a child that exits normally writes it.
    const environment = { NODE_COMPILE_CACHE: await temporaryDirectory() };
    await startChild("writer", { directory: ".", from: {}, way, timing: TIMING }, undefined, environment).ended;
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      killWriters(Math.ceil((KILLS - lane) / LANES), way, environment),
    );
    const cut = await Promise.all(lanes);
    // Otherwise no kill hit a write, and this test shows nothing.
    expect(cut.reduce((sum, count) => sum + count)).toBeGreaterThan(KILLS / 20);
  }, 600_000);
}

/** Kills one writer after the other in one directory. Returns how many writes were interrupted halfway. */
async function killWriters(kills: number, way: "set" | "lease", environment: Record<string, string>): Promise<number> {
  const directory = join(await temporaryDirectory(), "sessions");
  const store = fileStore({ directory });
  const last: Record<string, number> = {};
  for (const key of KEYS) {
    last[key] = 0;
    await store.set(key, contentOf(key, 0));
  }
  let cut = 0;
  let leftovers = 0;
  for (let kill = 0; kill < kills; kill++) {
    const writing = Promise.withResolvers<void>();
    let said = 0;
    const after = 1 + Math.floor(Math.random() * 12);
    const heard = (line: string) => {
      const [key = "", count] = line.split(" ");
      last[key] = Number(count);
      if (++said === after) writing.resolve();
    };
    const child = startChild("writer", { directory, from: last, way, timing: TIMING }, heard, environment);
    await writing.promise;
    await delay(Math.random() * 2);
    child.process.kill("SIGKILL");
    expect(await child.ended).toBeNull();

    for (const key of KEYS) {
      const found = (await store.get(key)) ?? "nothing";
      const [old, next] = [last[key] ?? 0, (last[key] ?? 0) + 1];
      const count = found === contentOf(key, next) ? next : old;
      if (found !== contentOf(key, count))
        expect.fail(`${key} is neither number ${old} nor ${next}: ${found.slice(0, 80)}`);
      last[key] = count;
    }
    const names = (await readdir(directory, { recursive: true })).filter((name) => /\.(tmp|value)$/.test(name));
    if (way === "lease" ? names.length > 0 : names.length > leftovers) cut++;
    leftovers = names.length;
  }
  // Only temporary files are incomplete, and no other file looks like a session.
  const sessions = (await readdir(directory)).filter((name) => name.endsWith(".session"));
  expect(sessions).toHaveLength(KEYS.length);
  for (const name of sessions) JSON.parse(await readFile(join(directory, name), "utf8"));
  return cut;
}
