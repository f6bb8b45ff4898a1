import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { SessionStore } from "../../../src/contract/session-store.ts";
import { fileStore } from "../../../src/node/file-store/file-store.ts";
import { startChild } from "./children.ts";
import { posix } from "./file-values.ts";
import { fresh, hold, lockIn, open, PATIENT, QUICK } from "./held-lock.ts";
import { temporaryDirectory } from "./temporary.ts";

vi.setConfig({ testTimeout: 60_000 });

test("the lock is exclusive among processes", async () => {
  const beside = await temporaryDirectory();
  const directory = join(beside, "sessions");
  await writeFile(join(beside, "counter"), "0");
  const argument = { directory, beside, rounds: 40, timing: PATIENT };
  const children = Array.from({ length: 6 }, () => startChild("locker", argument));
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(Array(6).fill(0));
  expect(children.flatMap(({ lines }) => lines)).toEqual([]);
  expect(await readFile(join(beside, "counter"), "utf8")).toBe("240");
  expect(await readdir(directory)).toEqual([]);
});

test("several processes that wait for the lock of a killed holder get it one at a time", async () => {
  const directory = await fresh();
  const child = startChild("holder", { directory, timing: QUICK });
  await child.said("held");
  let inside = 0;
  const waits = Array.from({ length: 6 }, () =>
    open(directory, QUICK).withLock("session", async ({ signal }) => {
      expect(++inside).toBe(1);
      await delay(20);
      inside--;
      return signal.aborted;
    }),
  );
  child.process.kill("SIGKILL");
  expect(await Promise.all(waits)).toEqual(Array(6).fill(false));
  expect((await readdir(directory)).filter((name) => name.endsWith(".lock"))).toEqual([]);
});

test("the lock of a default store is taken over ten seconds after its holder was killed", async () => {
  const directory = await fresh();
  const child = startChild("holder", { directory, timing: { staleAfter: 10_000, refreshEvery: 2_000, pollEvery: 50 } });
  await child.said("held");
  child.process.kill("SIGKILL");
  const began = performance.now();
  const store = fileStore({ directory }) as Required<SessionStore>;
  await store.withLock("session", async () => {});
  expect(performance.now() - began).toBeGreaterThan(9_000);
  expect(performance.now() - began).toBeLessThan(25_000);
});

test.runIf(posix)("a holder that was suspended loses its lock, and notices that when it resumes", async () => {
  const directory = await fresh();
  const child = startChild("holder", { directory, timing: QUICK });
  await child.said("held");
  child.process.kill("SIGSTOP");
  const next = await hold(open(directory, QUICK));
  child.process.kill("SIGCONT");
  expect(await child.ended).toBe(0);
  expect(child.lines.at(-1)).toMatch(/taken over.*, lost$/);
  // Its release did not affect the new holder's lock.
  await stat((await lockIn(directory)).holder);
  expect(next.lost.aborted).toBe(false);
  next.end("");
  await next.done;
});

test.runIf(posix)("after a laptop's sleep, which suspends all processes, the holder keeps its lock", async () => {
  const directory = await fresh();
  const timing = { ...QUICK, refreshEvery: 300 };
  const [holder, waiter] = [startChild("holder", { directory, timing }), startChild("holder", { directory, timing })];
  const winner = await Promise.race([holder.said("held").then(() => holder), waiter.said("held").then(() => waiter)]);
  const other = winner === holder ? waiter : holder;
  await other.said("waiting");
  // Time to read the lock and start to wait.
  await delay(500);
  winner.process.kill("SIGSTOP");
  other.process.kill("SIGSTOP");
  await delay(2 * timing.staleAfter);
  // The waiting process wakes first, which is the worse order.
  other.process.kill("SIGCONT");
  await delay(50);
  winner.process.kill("SIGCONT");
  await delay(timing.staleAfter);
  winner.say("end");
  expect(await winner.ended).toBe(0);
  expect(winner.lines.at(-1)).toBe("told to end, still held");
  await other.said("held");
  other.say("end");
  expect(await other.ended).toBe(0);
});
