import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import type { SessionStore } from "../../../src/contract/session-store.ts";
import { fileStore } from "../../../src/node/file-store/file-store.ts";
import { temporaryDirectory } from "./temporary.ts";

const { calls, faults } = vi.hoisted(() => ({ calls: [] as string[], faults: new Map<string, string>() }));

// The file operations that matter for a power cut, in the order of their calls.
vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>();
  const kind = (path: unknown) => /\.(tmp|session|value)$/.exec(String(path))?.[1] ?? "directory";
  const note = (call: string) => {
    calls.push(call);
    const code = faults.get(call);
    if (code !== undefined) throw Object.assign(new Error(`${code}: made up`), { code, syscall: "made up" });
  };
  return {
    ...actual,
    async open(...parameters: Parameters<typeof actual.open>) {
      const handle = await actual.open(...parameters);
      const { sync, writeFile } = handle;
      handle.sync = async () => {
        note(`sync ${kind(parameters[0])}`);
        await sync.call(handle);
      };
      handle.writeFile = async (...content) => {
        note(`write ${kind(parameters[0])}`);
        await writeFile.apply(handle, content);
      };
      return handle;
    },
    async rename(from: string, to: string) {
      note(`rename ${kind(from)} ${kind(to)}`);
      await actual.rename(from, to);
    },
    async unlink(path: string) {
      note(`unlink ${kind(path)}`);
      await actual.unlink(path);
    },
  };
});

beforeEach(() => {
  calls.length = 0;
  faults.clear();
});

const posix = process.platform !== "win32";

test.runIf(posix)(
  "a value is on the disk before it replaces the older one, and its name is on the disk before `set` resolves",
  async () => {
    const store = fileStore({ directory: join(await temporaryDirectory(), "sessions") });
    await store.set("a", "1");
    expect(calls).toEqual(["write tmp", "sync tmp", "rename tmp session", "sync directory"]);
  },
);

test.runIf(posix)(
  "a value that a lease writes is on the disk before it replaces the older one, and so is its name",
  async () => {
    const store = fileStore({ directory: join(await temporaryDirectory(), "sessions") }) as Required<SessionStore>;
    await store.withLock("a", async (lease) => {
      calls.length = 0;
      await lease.set("a", "1");
      expect(calls).toEqual(["write value", "sync value", "rename value session", "sync directory"]);
    });
  },
);

for (const [call, code] of [
  ["write value", "ENOSPC"],
  ["sync value", "EIO"],
  ["rename value session", "EDQUOT"],
] as const) {
  test(`if "${call}" of a lease fails, the older value is kept, no file is left over, and the lease can write again`, async () => {
    const directory = join(await temporaryDirectory(), "sessions");
    const store = fileStore({ directory }) as Required<SessionStore>;
    await store.set("a", "1");
    await store.withLock("a", async (lease) => {
      faults.set(call, code);
      const failure = { code: "store_failed", retryable: true, message: expect.stringContaining(`(${code})`) };
      await expect(lease.set("a", "Kanari")).rejects.toMatchObject(failure);
      expect(await store.get("a")).toBe("1");
      faults.clear();
      await lease.set("a", "2");
    });
    expect(await store.get("a")).toBe("2");
    expect(await readdir(directory)).toHaveLength(1);
  });
}

test.runIf(posix)("a removal is on the disk before `delete` resolves, also for a listed file", async () => {
  const store = fileStore({ directory: join(await temporaryDirectory(), "sessions") });
  await store.set("a", "1");
  calls.length = 0;
  await store.delete("a");
  expect(calls).toEqual(["unlink session", "sync directory"]);
  await store.set("a", "1");
  calls.length = 0;
  for await (const file of store.list()) await file.delete();
  expect(calls).toEqual(["unlink session", "sync directory"]);
});

for (const [call, code] of [
  ["write tmp", "ENOSPC"],
  ["sync tmp", "EIO"],
  ["rename tmp session", "EDQUOT"],
] as const) {
  test(`if "${call}" fails, the older value is kept, no file is left over, and the error reports it`, async () => {
    const directory = join(await temporaryDirectory(), "sessions");
    const store = fileStore({ directory });
    await store.set("a", "1");
    faults.set(call, code);
    await expect(store.set("a", "Kanari")).rejects.toMatchObject({
      code: "store_failed",
      retryable: true,
      message: expect.stringMatching(
        new RegExp(`could not write .*${basename(directory)}.*\\(${code}\\)\\. (The|Check|Free)`),
      ),
    });
    expect(await store.get("a")).toBe("1");
    expect(await readdir(directory)).toHaveLength(1);
  });
}

test("a file system that cannot sync directories is accepted", async () => {
  const store = fileStore({ directory: join(await temporaryDirectory(), "sessions") });
  faults.set("sync directory", "EINVAL");
  await store.set("a", "1");
  expect(await store.get("a")).toBe("1");
});
