import { createHash } from "node:crypto";
import { chmod, chown, mkdir, readdir, readlink, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type FileStore, fileStore } from "../../../src/node/file-store/file-store.ts";
import { encryptedStore } from "../../../src/store/encrypted-store.ts";
import { fakeVendor } from "../../fake-vendor.ts";
import { shown } from "../../shown.ts";
import { fresh, KEY, posix, refusal, SECRET, withValue } from "./file-values.ts";
import { temporaryDirectory } from "./temporary.ts";

const root = process.geteuid?.() === 0;
const DAY = 86_400_000;
const nameOf = (key: string) => createHash("sha256").update(key).digest("hex");

async function listed(store: FileStore) {
  const files = [];
  for await (const file of store.list()) files.push(file);
  return files;
}

async function only(store: FileStore) {
  const [file, ...more] = await listed(store);
  if (file === undefined || more.length > 0) return expect.unreachable("there is not one file");
  return file;
}

test("a listing has the stored values, and when they were written", async () => {
  const { store } = await fresh();
  const before = Date.now();
  for (const key of ["a", "b", KEY]) await store.set(key, `value of ${key}`);
  await store.set("a", "replaced");
  await store.delete("b");
  const files = await listed(store);
  const values = Object.fromEntries(await Promise.all(files.map(async (file) => [file.name, await file.read()])));
  expect(values).toEqual({ [nameOf("a")]: "replaced", [nameOf(KEY)]: `value of ${KEY}` });
  for (const { writtenAt } of files) {
    // The clock of a file system can be some milliseconds behind.
    expect(writtenAt).toBeGreaterThan(before - 1_000);
    expect(writtenAt).toBeLessThan(Date.now() + 1_000);
  }
});

test("a listing omits files that the store did not write", async () => {
  const { directory, store } = await withValue();
  const hex = "0".repeat(64);
  const foreign = [
    "notes.txt",
    `${hex}.session.bak`,
    `x${hex}.session`,
    `${hex.slice(1)}.session`,
    `${"F".repeat(64)}.session`,
  ];
  for (const name of [...foreign, `${hex}.${"1".repeat(32)}.tmp`]) await writeFile(join(directory, name), "");
  await mkdir(join(directory, `${hex}.lock`));
  await mkdir(join(directory, `${"1".repeat(64)}.session`));
  if (posix) await symlink("/etc/hostname", join(directory, `${"2".repeat(64)}.session`));
  expect((await only(store)).name).toBe(nameOf(KEY));
});

test("a missing directory has no sessions, and is not created", async () => {
  const parent = await temporaryDirectory();
  expect(await listed(fileStore({ directory: join(parent, "sessions") }))).toEqual([]);
  expect(await readdir(parent)).toEqual([]);
});

test.runIf(posix)(
  "a directory that others can write to is rejected, even if it became writable in the meantime",
  async () => {
    const { directory, store } = await withValue();
    const file = await only(store);
    await chmod(directory, 0o777);
    for (const operation of [() => listed(store), () => file.read(), () => file.delete()]) {
      expect(await refusal(operation())).toContain(`chmod 700 ${directory}`);
    }
    expect(await readdir(directory)).toHaveLength(1);
  },
);

test("a file instead of the directory is rejected", async () => {
  const { directory, store } = await fresh();
  await writeFile(directory, "");
  expect(await refusal(listed(store))).toMatch(/is not a directory/);
});

test("a value is read with the checks of `get`, and a rejected value can still be removed", async () => {
  const { directory, store, file } = await withValue();
  await truncate(file, 1_048_577);
  expect(await refusal((await only(store)).read())).toMatch(/larger than 1048576 bytes/);
  await truncate(file, 3);
  if (posix) {
    await chmod(file, 0o644);
    expect(await refusal((await only(store)).read())).toMatch(/chmod 600/);
  }
  if (root) {
    await chown(file, 65_534, 65_534);
    expect(await refusal((await only(store)).read())).toMatch(/another user/);
  }
  await (await only(store)).delete();
  expect(await readdir(directory)).toEqual([]);
});

test("a file that disappears during the listing is skipped, reads as absent, and can be removed again", async () => {
  const { directory, store } = await fresh();
  for (let index = 0; index < 300; index++) await store.set(`session ${index}`, "1");
  const seen = [];
  for await (const file of store.list()) {
    if (seen.length === 0) {
      const others = (await readdir(directory)).filter((name) => !name.startsWith(file.name));
      await Promise.all(others.map((name) => rm(join(directory, name))));
    }
    seen.push(file);
  }
  expect(seen).toHaveLength(1);
  await rm(directory, { recursive: true });
  expect(await seen[0]?.read()).toBeUndefined();
  await seen[0]?.delete();
});

test("every session can be removed while it is listed", async () => {
  const { directory, store } = await fresh();
  for (let index = 0; index < 1_000; index++) await store.set(`session ${index}`, "1");
  let count = 0;
  for await (const file of store.list()) {
    await file.delete();
    count++;
  }
  expect(count).toBe(1_000);
  expect(await readdir(directory)).toEqual([]);
  expect(await listed(store)).toEqual([]);
});

test("a value that was rewritten since it was listed is kept", async () => {
  const { store } = await withValue();
  const file = await only(store);
  await store.set(KEY, "2");
  await file.delete();
  expect(await store.get(KEY)).toBe("2");
  await (await only(store)).delete();
  expect(await store.get(KEY)).toBeUndefined();
});

test.runIf(process.platform === "linux")("a listing that is stopped or fails closes the directory", async () => {
  const { directory, store } = await withValue();
  for await (const _ of store.list()) break;
  const failing = async () => {
    for await (const _ of store.list()) throw new Error("made up");
  };
  await expect(failing()).rejects.toThrow("made up");
  const open = await readdir("/proc/self/fd");
  const paths = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  expect(paths).not.toContain(directory);
});

test("sessions that have not been used for 90 days can be removed, encrypted or not", async () => {
  for (const wrap of [(store: FileStore) => store, encrypted]) {
    const { directory, store } = await fresh();
    const vendor = fakeVendor();
    const session = (username: string) =>
      vendor.session({ store: wrap(store), credentials: { username, password: vendor.password } });
    await session("old").login();
    const [old = ""] = await readdir(directory);
    await utimes(join(directory, old), new Date(), new Date(Date.now() - 91 * DAY));
    await session("new").login();
    for await (const file of store.list()) if (file.writtenAt < Date.now() - 90 * DAY) await file.delete();
    expect(`${(await only(store)).name}.session`).not.toBe(old);
    await session("new").login();
    expect(vendor.logins).toBe(2);
    await session("old").login();
    expect(vendor.logins).toBe(3);
  }
});

test("an encrypted value is listed as it is stored", async () => {
  const { store } = await fresh();
  await encrypted(store).set(KEY, SECRET);
  expect(await (await only(store)).read()).toMatch(/^vms1\.key\./);
});

test("G13: a listing shows neither key nor value", async () => {
  const { store } = await withValue();
  expect(shown(await only(store))).not.toMatch(/Kanari/);
});

function encrypted(store: FileStore) {
  return encryptedStore(store, { key: new Uint8Array(32).fill(1) });
}
