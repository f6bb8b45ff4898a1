import { mkdir, readdir, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import fc from "fast-check";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { fileStore } from "../../../src/node/file-store/file-store.ts";
import { encryptedStore } from "../../../src/store/encrypted-store.ts";
import { fakeVendor } from "../../fake-vendor.ts";
import { shown } from "../../shown.ts";
import { fresh, KEY, refusal, SECRET, withValue } from "./file-values.ts";
import { temporaryDirectory } from "./temporary.ts";

afterEach(() => void vi.unstubAllEnvs());

test("values are kept, replaced and removed, also across store objects", async () => {
  const { directory, store } = await fresh();
  expect(await store.get("a")).toBeUndefined();
  await store.delete("a");
  await store.set("a", "1");
  await store.set("a", "2", { expiresAt: 1 });
  await store.set("b", "");
  expect(await fileStore({ directory }).get("a")).toBe("2");
  expect(await store.get("b")).toBe("");
  await fileStore({ directory }).delete("a");
  await store.delete("a");
  expect(await store.get("a")).toBeUndefined();
  expect(await readdir(directory)).toHaveLength(1);
});

test("any text under any key is read back unchanged", async () => {
  const { store } = await fresh();
  const key = fc.string({ unit: "binary", maxLength: 300 });
  const value = fc.string({ unit: "binary", maxLength: 3_000 });
  await fc.assert(
    fc.asyncProperty(key, value, async (name, text) => {
      await store.set(name, text);
      expect(await store.get(name)).toBe(text);
    }),
    { numRuns: 200 },
  );
}, 60_000);

test("a text of the maximum length is read back, and a longer text is rejected before it is written", async () => {
  const { store } = await fresh();
  const longest = "é".repeat(524_288);
  await store.set(KEY, longest);
  expect(await refusal(store.set(KEY, `${longest}x`))).toMatch(/1048577 bytes/);
  expect((await store.get(KEY)) === longest).toBe(true);
});

test("creating a store and reading from it change no files", async () => {
  const parent = await temporaryDirectory();
  const store = fileStore({ directory: join(parent, "sessions") });
  expect(await store.get(KEY)).toBeUndefined();
  await store.delete(KEY);
  expect(await readdir(parent)).toEqual([]);
});

test("a directory that was removed in the meantime is created again", async () => {
  const { directory, store } = await withValue();
  await rm(directory, { recursive: true });
  expect(await store.get(KEY)).toBeUndefined();
  await store.set(KEY, SECRET);
  expect(await store.get(KEY)).toBe(SECRET);
});

test("a file's name shows neither vendor nor account", async () => {
  const { file } = await withValue();
  expect(file.split(sep).at(-1)).toMatch(/^[0-9a-f]{64}\.session$/);
});

test("a relative directory is resolved when the store is created", async () => {
  const directory = join(await temporaryDirectory(), "sessions");
  const store = fileStore({ directory: relative(process.cwd(), directory) });
  await store.set(KEY, SECRET);
  expect(await fileStore({ directory }).get(KEY)).toBe(SECRET);
});

test("a directory that is not a path is rejected", () => {
  for (const directory of ["", "a\0b", 42, null]) {
    const create = () => fileStore({ directory } as never);
    expect(create).toThrow(expect.objectContaining({ code: "invalid_options" }));
  }
});

test.runIf(process.platform === "linux")("the default directory is below XDG_DATA_HOME", async () => {
  const home = await temporaryDirectory();
  vi.stubEnv("XDG_DATA_HOME", home);
  await fileStore().set(KEY, SECRET);
  expect(await readdir(join(home, "vms", "sessions"))).toHaveLength(1);
});

test("without a home directory, the error says to set `directory`", async () => {
  vi.doMock("env-paths", () => {
    throw new Error("made up: no home");
  });
  onTestFinished(() => void vi.doUnmock("env-paths"));
  expect(await refusal(fileStore().get(KEY))).toMatch(/no home directory. Set `directory`/);
});

test("concurrent writers and readers of one value see only complete values", async () => {
  const { directory } = await fresh();
  const values = Array.from({ length: 40 }, (_, index) => String(index).repeat(5_000));
  await fileStore({ directory }).set(KEY, values[0] ?? "");
  const writes = values.map((value) => fileStore({ directory }).set(KEY, value));
  const reads = values.map(() => fileStore({ directory }).get(KEY));
  for (const seen of await Promise.all(reads)) expect(values.includes(seen ?? "")).toBe(true);
  await Promise.all(writes);
  expect(await readdir(directory)).toHaveLength(1);
});

test("the next write of a new store removes leftovers of killed writers and waiters, and keeps new and foreign files", async () => {
  const { directory, file } = await withValue();
  const name = file.split(sep).at(-1)?.replace(".session", "") ?? "";
  const token = (digit: string) => `${name}.${digit.repeat(32)}.tmp`;
  await writeFile(join(directory, token("1")), SECRET);
  await mkdir(join(directory, token("2")));
  await writeFile(join(directory, token("2"), "2".repeat(32)), "");
  await writeFile(join(directory, token("3")), SECRET);
  await writeFile(join(directory, "notes.tmp"), "");
  const lock = join(directory, `${name}.lock`);
  await mkdir(lock);
  const files = ["4".repeat(32), `${"4".repeat(32)}.value`, `${"5".repeat(32)}.value`, "notes.value"];
  for (const one of files) await writeFile(join(lock, one), "");
  const hourAgo = new Date(Date.now() - 3_600_000);
  const inLock = files.filter((one) => !one.startsWith("5")).map((one) => join(`${name}.lock`, one));
  for (const old of [token("1"), token("2"), "notes.tmp", ...inLock])
    await utimes(join(directory, old), hourAgo, hourAgo);
  await fileStore({ directory }).set("another", "1");
  expect(await readdir(directory)).toEqual(expect.arrayContaining([token("3"), "notes.tmp"]));
  expect(await readdir(directory)).toHaveLength(5);
  // A sweep removes only old values from a lock, because it cannot know whether the holder is alive.
  expect((await readdir(lock)).sort()).toEqual(["4".repeat(32), `${"5".repeat(32)}.value`, "notes.value"]);
});

test("a file of more than 1 MiB is rejected without being read", async () => {
  const { store, file } = await withValue();
  await truncate(file, 1_048_576);
  expect(await store.get(KEY)).toHaveLength(1_048_576);
  await truncate(file, 40 * 2 ** 30).catch(() => truncate(file, 1_048_577));
  expect(await refusal(store.get(KEY))).toMatch(/larger than 1048576 bytes/);
});

test("a file that is not text is rejected", async () => {
  const { store, file } = await withValue();
  await writeFile(file, Buffer.from([0xc3, 0x28, 0xff]));
  expect(await refusal(store.get(KEY))).toMatch(/is not text/);
});

test("a directory instead of a file, and a file instead of the directory, are rejected", async () => {
  const { directory, store, file } = await withValue();
  await rm(file);
  await mkdir(file);
  expect(await refusal(store.get(KEY))).toMatch(/is not a file|EISDIR|EPERM|EACCES/);
  expect(await refusal(store.set(KEY, SECRET))).toMatch(/could not write/);
  expect((await readdir(directory)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  await rm(directory, { recursive: true });
  await writeFile(directory, "");
  expect(await refusal(store.set(KEY, SECRET))).toMatch(/is not a directory/);
  expect(await refusal(fileStore({ directory: join(directory, "below") }).set(KEY, SECRET))).toMatch(
    /ENOTDIR|ENOENT|EEXIST/,
  );
});

test("G13: neither the store nor its failures show a key or a value", async () => {
  const { store, file } = await withValue();
  expect(shown(store)).not.toMatch(/Kanari/);
  await truncate(file, 2_000_000);
  await refusal(store.get(KEY));
});

test("a session whose directory is open to others continues in memory, and reports how to fix that", async () => {
  const vendor = fakeVendor();
  const directory = await temporaryDirectory();
  await writeFile(join(directory, "in-the-way"), "");
  const session = vendor.session({ store: fileStore({ directory: join(directory, "in-the-way") }) });
  const operations = new Set<string>();
  session.on("store_failed", ({ operation, error }) => {
    operations.add(operation);
    expect(error.message).toMatch(/is not a directory/);
  });
  expect((await session.fetch("a")).status).toBe(200);
  expect([...operations].sort()).toEqual(["get", "lock", "set"]);
  expect(vendor.logins).toBe(1);
});

test("a second session with another store object uses the first one's session, encrypted or not", async () => {
  for (const wrap of [(directory: string) => fileStore({ directory }), encrypted]) {
    const vendor = fakeVendor();
    const directory = join(await temporaryDirectory(), "sessions");
    await vendor.session({ store: wrap(directory) }).login();
    expect((await vendor.session({ store: wrap(directory) }).fetch("a")).status).toBe(200);
    expect(vendor.logins).toBe(1);
  }
});

function encrypted(directory: string) {
  return encryptedStore(fileStore({ directory }), { key: new Uint8Array(32).fill(1) });
}
