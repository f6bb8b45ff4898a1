import { chmod, mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { posix } from "./file-values.ts";
import { fresh, hold, lockIn, open, PATIENT, QUICK } from "./held-lock.ts";
import { temporaryDirectory } from "./temporary.ts";

vi.setConfig({ testTimeout: 60_000 });

test("the lock returns the result of `run`, throws its error, and leaves no file behind", async () => {
  const directory = await fresh();
  const store = open(directory);
  const failure = new Error("in run");
  expect(await store.withLock("session", async ({ signal }) => signal.aborted)).toBe(false);
  await expect(store.withLock("session", () => Promise.reject(failure))).rejects.toBe(failure);
  const throws = () => {
    throw failure;
  };
  await expect(store.withLock("session", throws)).rejects.toBe(failure);
  expect(await readdir(directory)).toEqual([]);
});

test("an error in `run` that looks like a file system error is not changed", async () => {
  const failure = Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall: "open" });
  await expect(open(await fresh()).withLock("session", () => Promise.reject(failure))).rejects.toBe(failure);
});

test("the lock is exclusive among store objects, and does not block the lock of another key", async () => {
  const directory = await fresh();
  const stores = Array.from({ length: 5 }, () => open(directory));
  let inside = 0;
  let runs = 0;
  const all = stores.flatMap((store) =>
    Array.from({ length: 10 }, () =>
      store.withLock("session", async () => {
        expect(++inside).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        runs++;
      }),
    ),
  );
  await Promise.all(all);
  expect(runs).toBe(50);
  const holder = await hold(open(directory));
  expect(await open(directory).withLock("another", async () => "ran")).toBe("ran");
  holder.end("");
  await holder.done;
});

test("a caller that aborts its wait is rejected with the signal's reason, never runs, and leaves no file behind", async () => {
  const directory = await fresh();
  const holder = await hold(open(directory));
  for (const store of [open(directory), open(directory)]) {
    const leaver = new AbortController();
    // One caller waits for the lock, and another one waits behind it.
    const waits = [1, 2].map(() =>
      store.withLock("session", () => expect.unreachable("it ran"), { signal: leaver.signal }),
    );
    setTimeout(() => leaver.abort(new Error("my reason")), 20);
    const left = { status: "rejected", reason: expect.objectContaining({ message: "my reason" }) };
    expect(await Promise.allSettled(waits)).toEqual([left, left]);
  }
  const aborted = AbortSignal.abort(new Error("my reason"));
  await expect(open(directory).withLock("session", async () => "ran", { signal: aborted })).rejects.toThrow(
    "my reason",
  );
  holder.end("kept");
  expect(await holder.done).toBe("kept");
  expect(await readdir(directory)).toEqual([]);
});

test("the lock's files are private and show no account", async () => {
  const directory = await fresh();
  const holder = await hold(open(directory), "vms|fake|https://vendor.example|Kanari|00");
  const { lock, holder: file } = await lockIn(directory);
  expect(lock).toMatch(/[0-9a-f]{64}\.lock$/);
  expect(file).toMatch(/[0-9a-f]{32}$/);
  if (posix) expect([(await stat(lock)).mode & 0o777, (await stat(file)).mode & 0o777]).toEqual([0o700, 0o600]);
  holder.end("");
  await holder.done;
});

test("an empty lock that an interrupted release left blocks no caller", async () => {
  const directory = await fresh();
  const holder = await hold(open(directory));
  const { lock } = await lockIn(directory);
  holder.end("");
  await holder.done;
  await mkdir(lock);
  expect(await open(directory).withLock("session", async () => "ran")).toBe("ran");
  expect(await readdir(directory)).toEqual([]);
});

test("a foreign file instead of a lock is an error that names its path", async () => {
  const directory = await fresh();
  const holder = await hold(open(directory));
  const { lock } = await lockIn(directory);
  holder.end("");
  await holder.done;
  await writeFile(lock, "");
  const failure = { code: "store_failed", message: expect.stringContaining(lock) };
  await expect(open(directory).withLock("session", async () => "ran")).rejects.toMatchObject(failure);
});

test("a lock left by a crash an hour ago is taken over after the stale time, measured by the waiter", async () => {
  const directory = await fresh();
  const holder = await hold(open(directory));
  const { lock, holder: file } = await lockIn(directory);
  holder.end("");
  await holder.done;
  await mkdir(lock);
  await writeFile(file, "");
  const began = performance.now();
  // The file's time does not matter, whether old or in the future: clocks are set, and disks have their own.
  await utimes(file, new Date(), new Date(Date.now() + 3_600_000));
  expect(await open(directory, QUICK).withLock("session", async () => "ran")).toBe("ran");
  expect(performance.now() - began).toBeGreaterThan(QUICK.staleAfter);
  expect(await readdir(directory)).toEqual([]);
});

test("a live holder keeps its lock for longer than the stale time", async () => {
  const directory = await fresh();
  const holder = await hold(open(directory, QUICK));
  const signal = AbortSignal.timeout(2 * QUICK.staleAfter);
  const waits = open(directory, QUICK).withLock("session", async () => "ran", { signal });
  await expect(waits).rejects.toMatchObject({ name: "TimeoutError" });
  expect(holder.lost.aborted).toBe(false);
  holder.end("");
  await holder.done;
});

test("losing the lock aborts its holder's signal, and the holder's result still counts", async () => {
  const directory = await fresh();
  const holder = await hold(open(directory, { ...PATIENT, refreshEvery: 10 }));
  const { lock } = await lockIn(directory);
  await rm(lock, { recursive: true });
  await new Promise((resolve) => holder.lost.addEventListener("abort", resolve));
  expect(holder.lost.reason).toMatchObject({ code: "store_failed", message: expect.stringMatching(/taken over/) });
  const next = await hold(open(directory));
  holder.end("yielded");
  expect(await holder.done).toBe("yielded");
  // The late release of the first holder must not have removed the lock of the second.
  await stat((await lockIn(directory)).holder);
  next.end("");
  await next.done;
});

test.runIf(posix)("a lock in a directory that others can write to is rejected", async () => {
  const directory = await temporaryDirectory();
  await chmod(directory, 0o777);
  const failure = { code: "store_failed", message: expect.stringContaining("chmod 700") };
  await expect(open(directory).withLock("session", async () => "ran")).rejects.toMatchObject(failure);
});
