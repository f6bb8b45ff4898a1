import { chmod, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Lease, SessionStore } from "../../../src/contract/session-store.ts";
import { openFileStore } from "../../../src/node/file-store/file-store.ts";
import type { LockTiming } from "../../../src/node/file-store/lock.ts";
import { startChild } from "./children.ts";
import { posix } from "./file-values.ts";
import { temporaryDirectory } from "./temporary.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Touches are so rare that they do not tell a holder that its lock is lost. */
const RARE: LockTiming = { staleAfter: 1_500, refreshEvery: 600_000, pollEvery: 10 };

const open = (directory: string, timing = RARE) => openFileStore({ directory }, timing) as Required<SessionStore>;
const fresh = async () => join(await temporaryDirectory(), "sessions");
const LOST = { code: "store_failed", retryable: true, message: expect.stringContaining("the lock was lost") };

async function takeAway(directory: string) {
  const lock = (await readdir(directory)).find((name) => name.endsWith(".lock")) ?? "";
  await rm(join(directory, lock), { recursive: true });
}

test("a lease writes a file of mode 0600, like `set`, and leaves no other file behind", async () => {
  const directory = await fresh();
  const store = open(directory);
  await store.withLock("session", async (lease) => {
    await lease.set("session", "1");
    await Promise.all([lease.set("session", "2"), lease.set("session", "3", { expiresAt: 1 })]);
    expect(await open(directory).get("session")).toBe("3");
  });
  const [file = "", ...others] = await readdir(directory);
  expect(others).toEqual([]);
  if (posix) expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
});

test("a lease refuses another key, and a value that is too large, and can still write", async () => {
  const store = open(await fresh());
  await store.withLock("session", async (lease) => {
    const refused = { code: "store_failed", retryable: false };
    await expect(lease.set("another", "1")).rejects.toMatchObject(refused);
    await expect(lease.set("session", "x".repeat(1_048_577))).rejects.toMatchObject(refused);
    await lease.set("session", "2");
  });
  expect([await store.get("session"), await store.get("another")]).toEqual(["2", undefined]);
});

test("a lease that is kept after its run writes nothing, also during a newer holder's run", async () => {
  const store = open(await fresh());
  const kept = await store.withLock("session", async (lease) => lease);
  await store.withLock("session", async (lease) => {
    await lease.set("session", "newer");
    const over = {
      code: "store_failed",
      retryable: true,
      message: expect.stringMatching(/already released/),
    };
    await expect(kept.set("session", "late")).rejects.toMatchObject(over);
  });
  expect(await store.get("session")).toBe("newer");
});

test("a write that `run` did not await finishes before the lock is free", async () => {
  const directory = await fresh();
  let write: Promise<void> | undefined;
  await open(directory).withLock("session", async (lease) => {
    write = lease.set("session", "1");
  });
  expect(await open(directory).get("session")).toBe("1");
  expect(await readdir(directory)).toHaveLength(1);
  await write;
});

test("a lease whose lock was lost writes nothing, whether the lock is missing, empty or another holder's", async () => {
  const directory = await fresh();
  const store = open(directory);
  const other = open(directory);
  const afterwards: ((lease: Lease) => Promise<unknown>)[] = [
    async () => {},
    () => other.withLock("session", (lease) => lease.set("session", "newer")),
    () => rm(directory, { recursive: true }),
  ];
  for (const then of afterwards) {
    await store.set("session", "newer");
    await store.withLock("session", async (lease) => {
      await takeAway(directory);
      await then(lease);
      await expect(lease.set("session", "late")).rejects.toMatchObject(LOST);
      expect(lease.signal.aborted).toBe(false);
    });
    expect(await other.get("session")).toBe(then === afterwards[2] ? undefined : "newer");
  }
});

test("a late write does not change the lock of the next holder", async () => {
  const directory = await fresh();
  await open(directory).withLock("session", async (lease) => {
    await takeAway(directory);
    await open(directory).withLock("session", async (next) => {
      await expect(lease.set("session", "late")).rejects.toMatchObject(LOST);
      await next.set("session", "newer");
    });
  });
  expect(await open(directory).get("session")).toBe("newer");
  expect(await readdir(directory)).toHaveLength(1);
});

test("the pending value of a lost holder blocks no other holder, and is removed", async () => {
  const directory = await fresh();
  const store = open(directory);
  let lock = "";
  await store.withLock("session", async () => {
    lock = join(directory, (await readdir(directory))[0] ?? "");
    await writeFile(join(lock, `${"a".repeat(32)}.value`), "late");
  });
  // The release could not remove the directory, but the next holder does not wait until it is stale.
  expect(await readdir(lock)).toHaveLength(1);
  const began = performance.now();
  await store.withLock("session", async () => {});
  expect(performance.now() - began).toBeLessThan(RARE.staleAfter);
  expect(await readdir(directory)).toEqual([]);
});

test.runIf(posix)("a lease does not write into a directory that others can write to", async () => {
  const directory = await fresh();
  await open(directory).withLock("session", async (lease) => {
    await chmod(directory, 0o777);
    const refused = { code: "store_failed", message: expect.stringContaining("chmod 700") };
    await expect(lease.set("session", "1")).rejects.toMatchObject(refused);
    await chmod(directory, 0o700);
  });
});

for (const suspendBefore of ["the write", "rename"] as const) {
  test.runIf(posix)(
    `G10: a holder that was suspended before ${suspendBefore} and has lost its lock writes nothing`,
    async () => {
      const directory = await fresh();
      const store = open(directory);
      await store.set("session", "old");
      const child = startChild("late-writer", { directory, timing: RARE, suspendBefore });
      await child.said("held");
      if (suspendBefore === "rename") {
        child.say("write");
        await child.said("about to rename");
      } else {
        child.process.kill("SIGSTOP");
        child.say("write");
      }
      await store.withLock("session", async (lease) => {
        expect(await store.get("session")).toBe("old");
        await lease.set("session", "newer");
      });
      child.process.kill("SIGCONT");
      expect(await child.ended).toBe(0);
      expect(child.lines.at(-1)).toMatch(
        /^store_failed, retryable: true, .*the value was not written: the lock was lost/,
      );
      expect(await store.get("session")).toBe("newer");
      expect(await readdir(directory)).toHaveLength(1);
    },
  );
}

test.runIf(posix)(
  "a holder that was suspended before its rename, and kept its lock, writes when it resumes",
  async () => {
    const directory = await fresh();
    const child = startChild("late-writer", { directory, timing: RARE, suspendBefore: "rename" });
    await child.said("held");
    child.say("write");
    await child.said("about to rename");
    // Repeated, because the first signal can arrive before the child has stopped.
    const goOn = setInterval(() => child.process.kill("SIGCONT"), 50);
    onTestFinished(() => clearInterval(goOn));
    expect(await child.ended).toBe(0);
    expect(child.lines.at(-1)).toBe("written");
    expect(await open(directory).get("session")).toBe("late");
  },
);
